import functools
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from common.jobs import larger

LEAST = 2

with DAG("waiting", start_date=datetime(2030, 1, 1), schedule=None):
    S3KeySensor(task_id="partial", bucket_key="s3://b/k", check_fn=functools.partial(larger, 1))
    S3KeySensor(task_id="lambda", bucket_key="s3://b/k", check_fn=lambda files: len(files) > LEAST)
    S3KeySensor(task_id="dropped", bucket_key="s3://b/k", on_success_callback=lambda context: None)
