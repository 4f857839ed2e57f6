from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

with DAG("waiting", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    a = S3KeySensor(task_id="a", bucket_key="s3://b/a", mode="reschedule", poke_interval=600, timeout=timedelta(hours=4))
    b = S3KeySensor(
        task_id="b", bucket_key="s3://b/b", deferrable=True, exponential_backoff=True, max_wait=timedelta(minutes=10)
    )
    c = S3KeySensor(
        task_id="c", bucket_key=["s3://b/c1", "s3://b/c2"], soft_fail=True, timeout=60.5, poke_interval=timedelta(seconds=20)
    )
    d = EmrServerlessStartJobOperator(
        task_id="d",
        application_id="00f1abcd",
        execution_role_arn="arn:aws:iam::123456789012:role/r",
        job_driver={"hive": {"query": "s3://b/q.sql"}},
        deferrable=True,
        waiter_delay=60,
    )
    [a, b, c] >> d
