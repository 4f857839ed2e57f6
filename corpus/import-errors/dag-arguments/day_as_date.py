from datetime import date, datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

# A day is no instant: the DAG has a start of its own, its tasks have that of `default_args`.
with DAG("day_as_date", schedule=None, start_date=datetime(2026, 1, 1), default_args={"start_date": date(2026, 1, 1)}):
    EmptyOperator(task_id="a")
