from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

with DAG(
    "from_default_args",
    start_date=datetime(2027, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"bucket": "b", "database": "core", "bucket_key": "in/x.csv", "no_such_thing": 1, "poke_interval": 30},
):
    keys = S3ListOperator(task_id="keys", prefix="in/")
    ask = AthenaOperator(task_id="ask", query="SELECT 1", output_location="s3://b/r/")
    there = S3KeySensor(task_id="there", bucket_name="b")
    there >> keys >> ask
