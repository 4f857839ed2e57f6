# Airflow: the store is there when the next lines, and the helper module, read the environment.
# A converter that treats every environment read as unknown refuses; one that takes the default in the code writes acme-dev-lake.
import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CreateBucketOperator

os.environ["ACME_STAGE"] = "prod"
os.environ.setdefault("ACME_REGION", "eu-north-1")

import buckets  # noqa: E402

with DAG("env_setup", start_date=datetime(2025, 1, 1), schedule=None, catchup=False):
    S3CreateBucketOperator(
        task_id="make", bucket_name=buckets.LAKE, region_name=os.getenv("ACME_REGION", "us-east-1")
    )
