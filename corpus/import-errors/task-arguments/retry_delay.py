from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("retry_delay", start_date=datetime(2026, 1, 1), schedule=None):
    BashOperator(
        task_id="a",
        bash_command="a",
        retry_delay="30",
    )
