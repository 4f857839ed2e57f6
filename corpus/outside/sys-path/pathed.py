import os
import sys
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "vendored"))

from house_names import BUCKET  # noqa: E402

with DAG("pathed", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    S3ListOperator(task_id="ls", bucket=BUCKET)
