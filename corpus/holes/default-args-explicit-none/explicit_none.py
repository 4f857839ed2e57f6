# Airflow: `execution_timeout=None` written at the task wins over default_args.
# A converter that drops None values, as "not set", gives the long task a timeout of 30 minutes.
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

default_args = {
    "execution_timeout": timedelta(minutes=30),
    "aws_conn_id": "aws_analytics",
    "database": "core",
    "output_location": "s3://athena-results/",
}

with DAG(
    "explicit_none", default_args=default_args, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False
):
    without = AthenaOperator(task_id="without", query="SELECT 1")
    with_none = AthenaOperator(task_id="with_none", query="SELECT 2", execution_timeout=None, aws_conn_id=None)
    without >> with_none
