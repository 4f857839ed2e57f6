from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("orders", start_date=datetime(2026, 1, 1), schedule_interval="@daily", catchup=False):
    BashOperator(task_id="day", bash_command="load {{ ds }} {{ ts_nodash }}")
    BashOperator(task_id="gone", bash_command="load {{ execution_date }} {{ prev_ds }} {{ yesterday_ds }} {{ tomorrow_ds }}")
