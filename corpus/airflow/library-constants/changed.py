"""What is added to a constant of a library class, every task that uses it has."""

from datetime import datetime

from airflow.providers.amazon.aws.hooks.emr import EmrServerlessHook
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

EmrServerlessHook.JOB_SUCCESS_STATES.add("PENDING")

with DAG("library_constant_changed", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    BashOperator(task_id="states", bash_command="echo " + ",".join(sorted(EmrServerlessHook.JOB_SUCCESS_STATES)))
