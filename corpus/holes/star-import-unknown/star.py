# Airflow: BUCKET is whatever acme_platform.constants says, since the star import comes after the assignment.
# A naive converter ignores the import that it cannot find and writes the fallback bucket.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

BUCKET = "acme-fallback"

from acme_platform.constants import *  # noqa: E402,F403

REGION = "eu-central-1"

with DAG("star", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(task_id="list", bucket=BUCKET, prefix=f"{REGION}/" + str(7) + "/")  # noqa: F405
