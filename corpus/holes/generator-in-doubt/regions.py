"""Tasks by a generator that reads the environment."""

import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator


def regions():
    if os.environ["REGIONS"] != "none":
        for region in os.environ["REGIONS"].split(","):
            yield region


with DAG("regions", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    for region in regions():
        SnsPublishOperator(task_id=f"tell_{region}", target_arn=f"arn:aws:sns:{region}:123456789012:t", message="x")
