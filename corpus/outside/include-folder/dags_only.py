from datetime import datetime

from acme_shared.names import lake
from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("dags_only", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(task_id="ls", bucket=lake("prod"))
