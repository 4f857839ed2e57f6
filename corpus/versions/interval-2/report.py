from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("report", start_date=datetime(2026, 1, 1), schedule_interval="@daily", catchup=False):
    BashOperator(task_id="render", bash_command="render {{ ds }} {{ next_ds }}")
