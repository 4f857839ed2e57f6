"""All exports of the reporting team."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

base = {"owner": "reporting", "retries": 1, "retry_delay": timedelta(minutes=2)}
START = datetime(2025, 2, 1)


def query(name):
    return AthenaOperator(
        task_id=name, query=f"SELECT * FROM {name}", database="rep", output_location=f"s3://rep/{name}/"
    )


def notify():
    return SnsPublishOperator(
        task_id="notify", target_arn="arn:aws:sns:eu-west-1:123456789012:rep", message="{{ ds }}"
    )


with DAG("exports_daily", default_args=base, start_date=START, schedule="@daily", catchup=False) as dag:
    [query(q) for q in ("orders", "users")] >> notify()

with DAG("exports_weekly", default_args=dict(base, retries=5), start_date=START, schedule="@weekly", catchup=False) as dag:
    query("orders") >> query("churn") >> notify()

monthly = DAG("exports_monthly", default_args=base, start_date=START, schedule="@monthly", catchup=False)
with monthly:
    last = notify()
S3CopyObjectOperator(
    task_id="archive",
    source_bucket_key="s3://rep/orders/",
    dest_bucket_key="s3://rep-archive/{{ ds }}/",
    dag=monthly,
) >> last
