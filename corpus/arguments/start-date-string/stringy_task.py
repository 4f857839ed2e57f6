from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("stringy_task", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    EmptyOperator(task_id="t", start_date="2025-02-01")
