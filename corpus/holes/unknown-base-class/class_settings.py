# Airflow: bucket and retries are inherited from the company's base class.
# A converter that ignores the unknown base takes the default of getattr and the False of hasattr.
from datetime import datetime

from acme_platform.settings import Settings
from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator


class Events(Settings):
    region = "eu-west-1"


retries = Events.retries if hasattr(Events, "retries") else 0

with DAG("class_settings", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(
        task_id="list",
        bucket=getattr(Events, "bucket", "acme-dev"),
        prefix=Events.region + "/",
        retries=retries,
    )
