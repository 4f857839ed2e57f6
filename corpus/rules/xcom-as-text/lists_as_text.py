from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3DeleteObjectsOperator, S3ListOperator

with DAG("lists_as_text", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    keys = S3ListOperator(task_id="keys", bucket="scratch", prefix="{{ ds }}/")
    S3DeleteObjectsOperator(task_id="by_output", bucket="scratch", keys=keys.output)
    keys >> S3DeleteObjectsOperator(task_id="by_text", bucket="scratch", keys="{{ ti.xcom_pull(task_ids='keys') }}")
