import os
from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

TOKEN = os.environ["API_TOKEN"]

with DAG("secret", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    header = f"{dag.dag_id} {TOKEN}"
    PythonOperator(task_id="say", python_callable=lambda: header)
