from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

START = datetime(2026, 1, 1)

with DAG("continuous", start_date=START, schedule="@continuous"):
    EmptyOperator(task_id="a")
