from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

YESTERDAY_NOON = datetime(2026, 1, 14, 12)

with DAG("daily_ahead", start_date=YESTERDAY_NOON, schedule="30 6 * * *", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("hourly_past", start_date=YESTERDAY_NOON, schedule="@hourly", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("yearly_ahead", start_date=datetime(2026, 1, 2), schedule="@yearly", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("zoned_ahead", start_date=pendulum.datetime(2026, 1, 14, 12, tz="America/New_York"), schedule="0 20 * * *", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("zoned_past", start_date=pendulum.datetime(2026, 1, 14, 12, tz="America/New_York"), schedule="0 18 * * *", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("once_past", start_date=YESTERDAY_NOON, schedule="@once", catchup=False):
    S3ListOperator(task_id="keys", bucket="b")

with DAG("unscheduled", start_date=datetime(2020, 1, 1), schedule=None):
    S3ListOperator(task_id="keys", bucket="b")
