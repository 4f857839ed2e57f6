import pendulum

from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.sdk import DAG, Variable

bucket = Variable.get("sdk_bucket", default="nowhere")
prefix = Variable.get("sdk_prefix", default="in")
limits = Variable.get("sdk_limits", default={"retries": 2}, deserialize_json=True)

with DAG("sdk_variables", start_date=pendulum.datetime(2025, 1, 1), schedule="@daily"):
    S3ListOperator(task_id="ls", bucket=bucket, prefix=prefix + "/", retries=limits["retries"])
