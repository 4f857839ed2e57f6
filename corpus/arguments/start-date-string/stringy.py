from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("stringy", start_date="2025-01-01", schedule="@daily", catchup=False):
    EmptyOperator(task_id="t")
