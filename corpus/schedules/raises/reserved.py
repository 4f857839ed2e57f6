from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

START = datetime(2026, 1, 1)

with DAG("reserved", start_date=START, schedule=[Asset("airflow://x")]):
    EmptyOperator(task_id="a")
