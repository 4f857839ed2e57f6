import json
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.python import PythonOperator
from lib.columns import columns

FOLDER = Path(__file__).parent
SETTINGS = json.loads((FOLDER / "settings.json").read_text())


def query():
    return (FOLDER / "sql" / "one.sql").read_text().strip() + f" LIMIT {SETTINGS['limit']}"


with DAG("reads", start_date=datetime(2030, 1, 1), schedule=None):
    PythonOperator(task_id="query", python_callable=query) >> PythonOperator(task_id="columns", python_callable=columns)
