from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("description", start_date=datetime(2026, 1, 1), schedule=None, description=5):
    BashOperator(task_id="a", bash_command="a", trigger_rule="all_done")
