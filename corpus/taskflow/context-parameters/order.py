from datetime import datetime

from airflow.sdk import DAG, task


@task
def load(ti, table):
    pass


with DAG("with_order", start_date=datetime(2026, 1, 1), schedule=None):
    load(table="x")
