from datetime import datetime

import boto3
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

region = boto3.session.Session().region_name

with DAG("regional", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    BashOperator(task_id="here", bash_command=f"aws s3 ls --region {region}")
    BashOperator(
        task_id="there",
        bash_command="aws s3 ls --region " + boto3.Session(region_name="us-east-1").region_name,
    )
