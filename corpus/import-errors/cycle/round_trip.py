from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("round_trip", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
    c = EmptyOperator(task_id="c")
    a >> b >> c
    c >> a

with DAG("straight", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
