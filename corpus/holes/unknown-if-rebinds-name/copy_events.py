# Airflow: the bucket is the production one where the Variable `stage` says so.
# A naive converter skips the branch it cannot decide and writes the development bucket, silently.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3DeleteObjectsOperator

bucket = "acme-dev-lake"
prefix = "events"

if Variable.get("stage") == "prod":
    bucket = "acme-prod-lake"

with DAG("copy_events", start_date=datetime(2025, 1, 1), schedule="0 5 * * *", catchup=False):
    copy = S3CopyObjectOperator(
        task_id="copy",
        source_bucket_name="acme-incoming",
        source_bucket_key="events/{{ ds }}.json",
        dest_bucket_name=bucket,
        dest_bucket_key=f"{prefix}/{{{{ ds }}}}.json",
    )
    copy >> S3DeleteObjectsOperator(task_id="tidy", bucket="acme-incoming", prefix="events/{{ ds }}")
