from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

START = datetime(2026, 1, 1)

with DAG("catchup", schedule="@daily", catchup=True):
    EmptyOperator(task_id="a")
