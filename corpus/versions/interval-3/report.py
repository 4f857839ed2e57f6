from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("report", start_date=datetime(2026, 1, 1), schedule="@daily"):
    BashOperator(task_id="render", bash_command="render {{ ds }}")
