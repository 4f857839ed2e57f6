# Airflow: this file's DAG; the other file imports it to read its id.
# A naive converter sees upstream_feed twice and reports a duplicate, or writes it from the wrong file.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("upstream_feed", start_date=datetime(2025, 1, 1), schedule="0 1 * * *", catchup=False) as feed_dag:
    feed = S3ListOperator(task_id="feed", bucket="acme-feed", prefix="{{ ds }}/")
