from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG


class TeamDAG(DAG):
    """A DAG with the team's defaults."""

    team = "data"

    def __init__(self, dag_id, *, retries=2, **kwargs):
        kwargs.setdefault("start_date", datetime(2026, 1, 1))
        kwargs.setdefault("tags", [self.team])
        defaults = {"owner": self.team, "retries": retries, "retry_delay": timedelta(minutes=5)}
        super().__init__(dag_id, default_args={**defaults, **kwargs.pop("default_args", {})}, **kwargs)
        self.steps = []

    def step(self, name):
        task = BashOperator(task_id=name, bash_command=name, dag=self)
        if self.steps:
            self.steps[-1] >> task
        self.steps.append(task)
        return task


class Nightly(TeamDAG):
    team = "night"

    def __init__(self, dag_id, **kwargs):
        super().__init__(dag_id, schedule="0 2 * * *", **kwargs)


orders = TeamDAG("orders", schedule="@daily", default_args={"queue": "big"})
for name in ("extract", "load"):
    orders.step(name)

with Nightly("reports", retries=0) as reports:
    BashOperator(task_id="render", bash_command="render") >> reports.step("send")
