from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3ListOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

with DAG("mapped_literal", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    jobs = GlueJobOperator.partial(task_id="job", iam_role_name="glue", retries=2).expand(job_name=["a", "b", "c"])
    jobs >> SnsPublishOperator(
        task_id="done", target_arn="arn:aws:sns:eu-west-1:123456789012:t", message="{{ ds }}"
    )

with DAG("mapped_runtime", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    keys = S3ListOperator(task_id="keys", bucket="in")
    S3CopyObjectOperator.partial(
        task_id="copy", source_bucket_name="in", dest_bucket_name="out", dest_bucket_key="{{ ds }}"
    ).expand(source_bucket_key=keys.output)

with DAG("mapped_kwargs", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    SnsPublishOperator.partial(task_id="tell").expand_kwargs(
        [{"target_arn": "arn:aws:sns:eu-west-1:123456789012:a", "message": "1"}, {"target_arn": "arn:aws:sns:eu-west-1:123456789012:b", "message": "2"}]
    )

with DAG("mapped_empty", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueJobOperator.partial(task_id="job").expand(job_name=[])
