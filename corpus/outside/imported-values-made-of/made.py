"""Settings of a library that is installed beside Airflow, made of what the environment says."""

import os
from datetime import datetime

from acme.settings import Settings
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

SETTINGS = {
    "defaulted": Settings(bucket=os.getenv("BUCKET", "lake")),
    "secret": Settings(password=os.environ["DB_PASSWORD"]),
    "clock": Settings(year=datetime.now().year),
    "order": Settings(tags=[tag for tag in {"a", "b", "c"}]),
    "missing": Settings(bucket=os.environ["OTHER_BUCKET"]),
}

for name, settings in SETTINGS.items():
    with DAG(name, schedule=None) as dag:
        PythonOperator(task_id="show", python_callable=print, op_args=[settings])
    globals()[name] = dag
