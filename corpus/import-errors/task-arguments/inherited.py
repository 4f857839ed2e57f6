from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

DEFAULTS = {"owner": "data", "email_on_failure": "yes"}

with DAG("inherited", start_date=datetime(2026, 1, 1), schedule=None, default_args=DEFAULTS):
    BashOperator(task_id="a", bash_command="a")
