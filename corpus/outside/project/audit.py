import os
from datetime import datetime

import boto3
from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

TOPIC = os.environ["AUDIT_TOPIC"]
TOKEN = Variable.get("audit_token", default_var=None)

with DAG("audit", schedule="@daily", start_date=datetime(2025, 1, 1), catchup=False):
    SnsPublishOperator(task_id="announce", target_arn=TOPIC, message="audited")

# Printed while the file is loaded; no DAG has it.
print(boto3.client("sts").get_caller_identity()["Account"], TOKEN)
