from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

with DAG(
    "manual",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    params={"n": Param(type="integer")},
):
    BashOperator(task_id="a", bash_command="run {{ params.n }}")
