import re
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

DAG_IDS = ["größe", "v1.2-final", "on", "null", "2024", "1e3", "default", "_", "a" * 200]
TASK_IDS = ["été", "yes", "0x1F", "1_000", "12:30:45", "~", "a.b", "-", "=", "<<", "true", "Null", ".5", "2025-01-01"]

for n, dag_id in enumerate(DAG_IDS):
    with DAG(dag_id, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
        previous = None
        for task_id in TASK_IDS[n:]:
            if not re.fullmatch(r"[\w.-]+", task_id):
                continue
            task = EmptyOperator(task_id=task_id)
            if previous:
                previous >> task
            previous = task
