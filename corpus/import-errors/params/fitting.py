from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

with DAG(
    "fitting",
    start_date=datetime(2026, 1, 1),
    schedule="@daily",
    params={"n": Param(3, type="number", minimum=2, maximum=4)},
):
    BashOperator(task_id="a", bash_command="run {{ params.n }}")
