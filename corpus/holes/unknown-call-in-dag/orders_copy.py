# Airflow: the helper makes its tasks in the DAG that is current, without being given it.
# A naive converter takes the call for something without effect and writes a DAG without the alert.
from datetime import datetime

from acme_platform.alerts import attach_alerts
from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator

with DAG("orders_copy", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    copy = S3CopyObjectOperator(
        task_id="copy",
        source_bucket_key="s3://acme-incoming/orders/{{ ds }}.csv",
        dest_bucket_key="s3://acme-lake/orders/{{ ds }}.csv",
    )
    attach_alerts("arn:aws:sns:eu-west-1:123456789012:orders")
