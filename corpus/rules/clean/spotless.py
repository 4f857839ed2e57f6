from datetime import datetime, timedelta

from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.sdk import DAG

with DAG(
    "spotless",
    start_date=datetime(2027, 1, 1),
    schedule="0 6 * * *",
    default_args={"retries": 1, "retry_delay": timedelta(seconds=60), "execution_timeout": timedelta(minutes=30)},
    params={"table": "orders"},
):
    ls = S3ListOperator(task_id="ls", bucket="lake", prefix="{{ params.table }}/{{ ds }}/")
    crunch = GlueJobOperator(task_id="crunch", job_name="crunch", script_args={"--table": "{{ params.table }}"})
    ls >> crunch
