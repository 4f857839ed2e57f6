# Airflow merges default_args when each operator is called, so the store counts from its line on.
# A converter that writes default_args once, as they are at the end, gives both tasks 4; as they were at the start, 1.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

with DAG(
    "changing",
    default_args={"retries": 1, "owner": "data-eng"},
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
) as dag:
    first = GlueJobOperator(task_id="first", job_name="first")
    dag.default_args["retries"] = 4
    second = GlueJobOperator(task_id="second", job_name="second")
    first >> second
