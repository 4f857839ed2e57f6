# Airflow: the inner dict, which default_args is, was changed through the outer one.
# A converter that opens only the object that was passed keeps retries: 2.
from datetime import datetime

from acme_platform.defaults import harden_all
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

task_defaults = {"owner": "team-a", "retries": 2}
settings = {"schedule": "@daily", "task": task_defaults, "name": "team_settings"}

harden_all(settings)

dag = DAG(
    settings["name"],
    default_args=task_defaults,
    start_date=datetime(2025, 1, 1),
    schedule=settings["schedule"],
    catchup=False,
)
GlueJobOperator(task_id="crunch", job_name="crunch", dag=dag)
