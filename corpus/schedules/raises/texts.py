from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

START = datetime(2026, 1, 1)

with DAG("texts", start_date=START, schedule=["s3://lake/x"]):
    EmptyOperator(task_id="a")
