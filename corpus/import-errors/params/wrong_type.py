from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

with DAG(
    "wrong_type",
    start_date=datetime(2026, 1, 1),
    schedule="@daily",
    params={"n": Param("x", type="integer")},
):
    BashOperator(task_id="a", bash_command="run {{ params.n }}")
