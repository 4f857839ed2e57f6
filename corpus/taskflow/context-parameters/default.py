from datetime import datetime

from airflow.sdk import DAG, task


@task
def load(table="x", ds="2026-01-01"):
    pass


with DAG("with_default", start_date=datetime(2026, 1, 1), schedule=None):
    load()
