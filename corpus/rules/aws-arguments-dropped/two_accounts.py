from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

with DAG(
    "two_accounts",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"aws_conn_id": "aws_lake", "region_name": "eu-west-1"},
) as dag:
    wait = S3KeySensor(task_id="wait", bucket_key="s3://partner/{{ ds }}", aws_conn_id="aws_partner", verify=False)
    copy = S3CopyObjectOperator(
        task_id="copy", source_bucket_key="s3://partner/{{ ds }}", dest_bucket_key="s3://lake/{{ ds }}", aws_conn_id=None
    )
    ask = AthenaOperator(
        task_id="ask",
        query="SELECT 1",
        database="lake",
        output_location="s3://athena-results/",
        region_name="us-east-1",
        botocore_config={"read_timeout": 60},
        verify="/etc/ssl/ca.pem",
    )
    wait >> copy >> ask
