from datetime import datetime

import pandas
from airflow import DAG
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator

frame = pandas.read_csv("/data/knobs.csv")


def publish(task_id):
    return SqsPublishOperator(task_id=task_id, sqs_queue="q", message_content="{{ ds }}")


def nothing(task_id):
    pass


BY_NAME = {"publish": publish, "nothing": nothing}

step = nothing
if frame.empty:
    step = publish

with DAG("branch", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    step("second")

with DAG("ternary", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    (publish if frame.empty else nothing)("second")

with DAG("by_key", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    BY_NAME[frame["step"][0]]("second")

with DAG("by_get", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    BY_NAME.get(frame["step"][0], nothing)("second")

with DAG("only_data", start_date=datetime(2030, 1, 1), schedule=None):
    publish("first")
    frame.groupby("step").sum().to_dict()
