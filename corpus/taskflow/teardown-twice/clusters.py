from datetime import datetime

from airflow.sdk import DAG, setup, task, teardown


@setup
def create(name):
    return name


@task
def work():
    pass


@teardown
def delete(name):
    pass


with DAG("clusters", start_date=datetime(2026, 1, 1), schedule=None):
    for name in ("a", "b"):
        create(name) >> work() >> delete(name)
