from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup

with DAG("colour", start_date=datetime(2026, 1, 1), schedule=None):
    with TaskGroup("g", color="red"):
        EmptyOperator(task_id="a")
