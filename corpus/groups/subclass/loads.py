from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup


class Load(TaskGroup):
    """The steps of a table."""

    steps = ("extract", "copy")

    def __init__(self, table, group_id=None, **kwargs):
        super().__init__(group_id=group_id or f"load_{table}", tooltip=table, **kwargs)
        self.table = table
        last = None
        for step in self.steps:
            task = self.step(step)
            if last:
                last >> task
            last = task

    def step(self, name):
        return BashOperator(task_id=name, bash_command=f"{name} {self.table}", task_group=self)


class LoadAndCheck(Load):
    steps = Load.steps + ("check",)


class Plain(TaskGroup):
    pass


with DAG("loads", start_date=datetime(2026, 1, 1), schedule=None):
    begin = EmptyOperator(task_id="begin")
    orders = Load("orders")
    items = LoadAndCheck("items", prefix_group_id=True)
    with Plain("after") as after:
        EmptyOperator(task_id="report")
    begin >> [orders, items] >> after
