from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, TaskGroup

with DAG("nameless", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    with TaskGroup(None):
        BashOperator(task_id="inside", bash_command="true")
