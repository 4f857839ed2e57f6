from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("priority", start_date=datetime(2026, 1, 1), schedule=None):
    BashOperator(
        task_id="a",
        bash_command="a",
        priority_weight="high",
    )
