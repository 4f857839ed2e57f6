# Airflow: whatever the company's context manager does around the task, and gives to it.
# A naive converter runs the body with a made-up `scope`, or drops the block.
from datetime import datetime

from acme_platform.scope import tenant_scope
from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("tenant_listing", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    with tenant_scope("retail") as scope:
        S3ListOperator(task_id="list", bucket=scope["bucket"], prefix="in/{{ ds }}/")
