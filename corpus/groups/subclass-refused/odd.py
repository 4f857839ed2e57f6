from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup


class Reversed(TaskGroup):
    def get_roots(self):
        return self.get_leaves()


with DAG("odd", start_date=datetime(2026, 1, 1), schedule=None):
    with Reversed("g") as g:
        EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
    EmptyOperator(task_id="z") >> g
