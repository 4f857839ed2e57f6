from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("quiet", start_date=datetime(2026, 1, 1)):
    EmptyOperator(task_id="a")
