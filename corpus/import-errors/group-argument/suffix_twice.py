from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task_group


@task_group(add_suffix_on_collision=True)
def load():
    EmptyOperator(task_id="a")


with DAG("suffix_twice", start_date=datetime(2026, 1, 1), schedule=None):
    load()
