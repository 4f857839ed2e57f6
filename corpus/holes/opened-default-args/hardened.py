# Airflow: harden() changes the dict in place; the task has 5 retries.
# A converter that only gives up on the *result* of an unknown call writes retries: 1.
from datetime import datetime, timedelta

from acme_platform.defaults import harden
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

default_args = {
    "owner": "data-eng",
    "retries": 1,
    "retry_delay": timedelta(minutes=3),
}
harden(default_args)

with DAG(
    "hardened", default_args=default_args, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False
):
    GlueJobOperator(task_id="crunch", job_name="crunch")
