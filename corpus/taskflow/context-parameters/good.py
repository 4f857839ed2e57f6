from datetime import datetime

from airflow.sdk import DAG, task


@task
def load(table, ti=None, **context):
    pass


with DAG("with_context", start_date=datetime(2026, 1, 1), schedule=None):
    load("x")
