from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, task


@task(retries=2)
def load(region, year=2025, *, full=False):
    """Loads one region."""
    print(region, year, full)


@task(multiple_outputs=True)
def count(region) -> dict:
    return {"region": region, "rows": 1}


@task.bash
def check(table):
    return f"test -s {table}"


with DAG("regions", start_date=datetime(2026, 1, 1), schedule=None):
    one = load.expand(region=["eu", "us"])
    years = load.override(task_id="years").partial(full=True).expand(region=["eu", "us"], year=[2024, 2025])
    pairs = load.override(task_id="pairs").expand(region={"eu": 1, "us": 2})
    given = load.override(task_id="given").expand_kwargs([{"region": "eu"}, {"region": "us", "year": 2024}])
    none = load.override(task_id="none").expand(region=[])
    [one, years, pairs, given, none] >> count.expand(region=["eu", "{{ ds }}"])
    check.expand(table=("orders", "customers"))
    BashOperator.partial(task_id="same").expand_kwargs([{"bash_command": "a"}, {"bash_command": "b"}])
    BashOperator.partial(task_id="several", cwd="/tmp").expand_kwargs(
        [{"bash_command": "a"}, {"bash_command": "b", "env": {"REGION": "eu"}}]
    )
