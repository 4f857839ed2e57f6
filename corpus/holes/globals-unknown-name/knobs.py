# Airflow: the store rebinds QUEUE, under the name that the Variable gives.
# A converter that only remembers a new, nameless global keeps the queue of the line above.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator

QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/standard"
globals()[Variable.get("knob")] = "https://sqs.eu-west-1.amazonaws.com/123456789012/express"

with DAG("knobs", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    SqsPublishOperator(task_id="send", sqs_queue=QUEUE, message_content="{{ ds }}")
