from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, task, task_group


@task(multiple_outputs=True)
def rows():
    return {"a": ["x"]}


@task
def run(x=None, y=None):
    return x


@task(trigger_rule="always")
def always(x):
    return x


@task_group
def group(x):
    run.expand(x=[1, 2])


with DAG("twice", start_date=datetime(2026, 1, 1), schedule=None):
    run.partial(x=1).partial(x=2).expand(y=[1])
