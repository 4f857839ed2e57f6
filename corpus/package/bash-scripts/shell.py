from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("shell", start_date=datetime(2030, 1, 1), schedule=None):
    BashOperator(task_id="by_path", bash_command="/usr/local/airflow/dags/scripts/plain.sh one")
    BashOperator(task_id="template", bash_command="scripts/day.sh")

with DAG("inline", start_date=datetime(2030, 1, 1), schedule=None):
    BashOperator(task_id="echo", bash_command="echo {{ ds }}")
