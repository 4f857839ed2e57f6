import copy
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3DeleteObjectsOperator, S3ListOperator

defaults = {
    "owner": "lake",
    "aws_conn_id": "aws_lake",
    "region_name": "eu-west-1",
    "bucket": "lake-raw",
    "database": "lake",
    "output_location": "s3://lake-results/",
    "retries": 1,
    "retry_delay": timedelta(minutes=1),
    "no_such_argument": "is ignored by all",
}

with DAG("shared_args", default_args=defaults, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    begin = EmptyOperator(task_id="begin")
    ls = S3ListOperator(task_id="ls", prefix="a/")
    rm = S3DeleteObjectsOperator(task_id="rm", prefix="a/", bucket="lake-tmp")
    q = AthenaOperator(task_id="q", query="SELECT 1", aws_conn_id="aws_other")
    begin >> ls >> rm >> q

weekly = copy.copy(defaults)
weekly.update(owner="weekly", retries=0)
del weekly["retry_delay"]
weekly.pop("bucket")

with DAG("shared_args_weekly", default_args=weekly, start_date=datetime(2025, 1, 1), schedule="@weekly", catchup=False):
    S3ListOperator(task_id="ls", bucket="lake-weekly")
    AthenaOperator(task_id="q", query="SELECT 2")
