from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("positional_argument", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator("keys", bucket="b")
