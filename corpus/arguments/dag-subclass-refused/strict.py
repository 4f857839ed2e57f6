from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG


class StrictDAG(DAG):
    def add_task(self, task):
        task.retries = 0
        super().add_task(task)


dag = StrictDAG("strict", start_date=datetime(2026, 1, 1), schedule=None)
BashOperator(task_id="a", bash_command="a", dag=dag)
