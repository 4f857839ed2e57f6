# Airflow: `or` gives the left side where it is not empty, and `and` the right side only where the left is true.
# A naive converter treats an unknown as falsy and writes the schedule and the queue that stand on the right.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator

cron = Variable.get("inventory_cron") or "0 6 * * *"
queue = Variable.get("inventory_queue") and "https://sqs.eu-west-1.amazonaws.com/123456789012/inventory"

with DAG("inventory_sync", start_date=datetime(2025, 1, 1), schedule=cron, catchup=False) as dag:
    SqsPublishOperator(task_id="request", sqs_queue=queue, message_content="sync {{ ds }}")
