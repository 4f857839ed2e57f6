from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("timeout", start_date=datetime(2026, 1, 1), schedule=None, dagrun_timeout=3600):
    BashOperator(task_id="a", bash_command="a", trigger_rule="all_done")
