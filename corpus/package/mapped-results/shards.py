from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, TaskGroup, setup, task, teardown

FACTOR = 10
START = datetime(2026, 1, 1)


def scaled(value):
    return value * FACTOR


def add(a, b):
    return a + b


@task
def numbers():
    return [1, 2]


@task
def plus(value, other=0, *, more=0):
    return value + other + more


@task
def total(values):
    return sum(values)


@task
def word(values):
    return str(values)


@task
def pair(both):
    return list(both)


with DAG("functions_over_results", start_date=START, schedule=None):
    found = numbers()
    by_two = plus.partial(other=2).expand(value=found)
    by_result = plus.override(task_id="by_result").partial(more=total(by_two)).expand(value=found, other=[1, 2])
    by_map = plus.override(task_id="by_map", retries=2).expand(value=found.map(scaled).map(lambda value: value - FACTOR))
    zipped = pair.expand(both=found.zip(by_two, fillvalue=0))
    joined = pair.override(task_id="joined").expand(both=found.zip(by_two).concat(zipped))
    dicts = plus.override(task_id="dicts").expand_kwargs(found.map(lambda value: {"value": value, "other": 5}))
    with TaskGroup("inner"):
        total.override(task_id="sums").expand(values=[[1, 2], found])

with DAG("operators_over_results", start_date=START, schedule=None):
    found = numbers()
    echo = BashOperator.partial(task_id="echo", env={"MORE": word(found)}, append_env=True).expand(
        bash_command=found.map(lambda value: f"echo {value} $MORE")
    )
    calls = PythonOperator.partial(task_id="calls", python_callable=add).expand(op_args=found.zip(found))
    loose = PythonOperator.partial(task_id="loose", python_callable=add, op_kwargs={"a": 1, "b": 1}).expand_kwargs(
        found.map(lambda value: {"op_kwargs": {"a": value, "b": value}}), strict=False
    )

    @task.branch
    def choose(value):
        return []

    choose.expand(value=echo.output)

with DAG("mapped_setups", start_date=START, schedule=None):

    @setup
    def create(name):
        return f"c-{name}"

    @teardown
    def delete(name):
        return f"gone {name}"

    made = create.expand(name=["a", "b"])
    worked = total.override(task_id="worked")(made.map(len))
    made >> worked >> delete.expand(name=made)
    BashOperator.partial(task_id="drop").expand(bash_command=["echo 1", "echo 2"]).as_teardown(setups=made)
