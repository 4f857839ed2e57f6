from datetime import datetime

import boto3
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

s3 = boto3.client("s3", region_name="eu-west-1")
account = boto3.client("sts").get_caller_identity()["Account"]
prefixes = [p["Prefix"] for p in s3.list_objects_v2(Bucket="landing", Delimiter="/").get("CommonPrefixes", [])]

with DAG("bucket_scan", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueJobOperator(task_id="all", job_name="all", script_args={"--account": account})
    for prefix in prefixes:
        GlueJobOperator(task_id=f"load_{prefix.strip('/')}", job_name="load", script_args={"--prefix": prefix})
