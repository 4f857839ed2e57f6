from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("suffixes", start_date=datetime(2025, 1, 1), schedule=None) as dag:
    first = EmptyOperator(task_id="first")
    previous = first
    for _ in range(3):
        with TaskGroup("work", add_suffix_on_collision=True) as group:
            EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
        previous >> group
        previous = group

    with TaskGroup("flat", prefix_group_id=False) as flat:
        one = EmptyOperator(task_id="one")
        with TaskGroup("deep") as deep:
            two = EmptyOperator(task_id="two")
            with TaskGroup("silent", prefix_group_id=False):
                three = EmptyOperator(task_id="three")
            two >> three
        one >> deep
    previous >> flat

    with TaskGroup("a") as a:
        EmptyOperator(task_id="first")
    flat >> a
