from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("always_on", start_date=datetime(2026, 1, 1), schedule="@continuous", max_active_runs=1):
    BashOperator(task_id="poll", bash_command="poll")
