from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

with DAG("whole_task", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    last = EmptyOperator(task_id="last")
    PythonOperator(task_id="say", python_callable=lambda: f"{last.task_id} of {last}")
