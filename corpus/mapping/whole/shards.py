from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task, task_group


@task
def shards():
    return [1, 2]


@task
def run(n, scale=1):
    return n


def double(n):
    return n * 2


@task_group
def store(n, where):
    run(n) >> BashOperator(task_id="copy", bash_command=where)


with DAG("shards", start_date=datetime(2026, 1, 1), schedule=None):
    found = shards()
    one = run.expand(n=found)
    two = run.partial(scale=2).expand(n=found.map(double))
    three = run.expand(n=found.zip(one, fillvalue=0))
    four = run.expand(n=one.concat(two))
    five = run.expand_kwargs([{"n": 1}, {"n": found}])
    six = run.override(task_id="six").expand_kwargs(three)
    group = store.partial(where="s3://lake").expand(n=four)
    group >> EmptyOperator(task_id="done")
    BashOperator.partial(task_id="cross", retries=2).expand(bash_command=["a", "b"], env=[{"X": "1"}])
