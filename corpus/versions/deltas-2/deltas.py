from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("daily", start_date=datetime(2025, 1, 1, 6, 30), schedule_interval=timedelta(days=1), catchup=False):
    EmptyOperator(task_id="a")

with DAG("weekly", start_date=datetime(2025, 1, 6), schedule_interval=timedelta(days=7), catchup=False):
    EmptyOperator(task_id="a")

with DAG("to_come", start_date=datetime(2027, 1, 4, 6, 30), schedule_interval=timedelta(days=1), catchup=False):
    EmptyOperator(task_id="a")
