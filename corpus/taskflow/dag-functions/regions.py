from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import dag, task_group

START = datetime(2026, 1, 1)


@task_group
def checks(name):
    EmptyOperator(task_id="exists") >> BashOperator(task_id="rows", bash_command=f"rows {name}")


def region(name):
    @dag(dag_id=f"region_{name}", start_date=START, schedule="@daily", tags=[name])
    def build():
        """One region."""
        begin = EmptyOperator(task_id="begin")
        begin >> checks(name) >> checks.override(group_id="again")(name)

    return build()


for name in ("eu", "us"):
    globals()[f"dag_{name}"] = region(name)


@dag("backfill", start_date=START, schedule=None)
def backfill(day: str = "2026-01-01", full=False):
    BashOperator(task_id="run", bash_command="run {{ params.day }}", env={"FULL": full})


backfill()


@dag(start_date=START, schedule=None)
def never_called():
    EmptyOperator(task_id="lost")
