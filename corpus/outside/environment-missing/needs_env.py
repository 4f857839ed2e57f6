import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("needs_env", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(task_id="ls", bucket=os.environ["LAKE_BUCKET"], prefix="in/")
