# Airflow: the helper, called in the branch, rebinds the module's REGION.
# A converter that looks only at the assignments written in the branch keeps eu-west-1.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

REGION = "eu-west-1"


def use_us():
    global REGION
    REGION = "us-east-1"


def relocate():
    use_us()


if Variable.get("region") == "us":
    relocate()

with DAG("regional_topic", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    SnsPublishOperator(
        task_id="tell",
        target_arn=f"arn:aws:sns:{REGION}:123456789012:daily",
        message="run of {{ ds }}",
    )
