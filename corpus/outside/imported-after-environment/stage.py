"""The settings of a library depend on the environment in which it is imported."""

import os

os.environ["ACME_STAGE"] = "prod"

from acme.settings import BUCKET
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

with DAG("stage", schedule=None):
    PythonOperator(task_id="show", python_callable=print, op_args=[BUCKET])
