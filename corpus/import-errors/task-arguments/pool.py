from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("pool", start_date=datetime(2026, 1, 1), schedule=None):
    BashOperator(
        task_id="a",
        bash_command="a",
        pool=1,
    )
