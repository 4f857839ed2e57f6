# Airflow: the override lands on the key that the Variable names, which is the one read below.
# A converter that ignores the store, or adds a key of its own for it, writes acme-prod.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

BUCKETS = {"dev": "acme-dev", "prod": "acme-prod"}
BUCKETS[Variable.get("stage")] = "acme-special"

with DAG("overrides", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(task_id="list", bucket=BUCKETS["prod"])
