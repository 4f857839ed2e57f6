import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator

REGIONS = os.environ["REGIONS"]


def publish(task_id, **kwargs):
    return SqsPublishOperator(task_id=task_id, sqs_queue="q", message_content="{{ ds }}", **kwargs)


def nothing(task_id):
    pass


BY_NAME = {"publish": publish, "nothing": nothing}

with DAG("methods", start_date=datetime(2030, 1, 1), schedule=None):
    first = REGIONS.split(",")[0].strip().lower()
    print(first.title().join(["a", "b"]))
    publish("first")

with DAG("by_key", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    BY_NAME[REGIONS]("second")

with DAG("by_get", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    BY_NAME.get(REGIONS)("second")

with DAG("by_name", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    globals()[REGIONS]("second")
