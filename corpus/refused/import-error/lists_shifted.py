from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("lists_shifted", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")] >> [EmptyOperator(task_id="c"), EmptyOperator(task_id="d")]
