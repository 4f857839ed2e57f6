import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

STAGE = os.environ["STAGE"].lower()
REGION = os.getenv("AWS_REGION", "us-east-1")
SUFFIX = os.environ.get("BUCKET_SUFFIX", "main")
schedule = "0 2 * * *" if STAGE == "prod" else None

with DAG(f"env_driven_{STAGE}", start_date=datetime(2025, 1, 1), schedule=schedule, catchup=False):
    copy = S3CopyObjectOperator(
        task_id="copy",
        source_bucket_key=f"s3://acme-{STAGE}-{SUFFIX}/in/{{{{ ds }}}}",
        dest_bucket_key=f"s3://acme-{STAGE}-{SUFFIX}/out/{{{{ ds }}}}",
        region_name=REGION,
    )
    if "AWS_REGION" in os.environ:
        copy >> SnsPublishOperator(
            task_id="tell", target_arn=f"arn:aws:sns:{REGION}:123456789012:copies", message="{{ ds }}"
        )
