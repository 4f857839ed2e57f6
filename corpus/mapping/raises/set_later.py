from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("set_later", start_date=datetime(2026, 1, 1), schedule=None):
    task = BashOperator.partial(task_id="t").expand(bash_command=["y"])
    task.trigger_rule = "all_done"
    task.doc_md = "Says y."
