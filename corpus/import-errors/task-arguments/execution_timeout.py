from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("execution_timeout", start_date=datetime(2026, 1, 1), schedule=None):
    BashOperator(
        task_id="a",
        bash_command="a",
        execution_timeout=60,
    )
