from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("self_loop", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    a = EmptyOperator(task_id="a")
    for upstream in [a]:
        a << upstream
