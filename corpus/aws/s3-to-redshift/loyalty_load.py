from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.amazon.aws.transfers.redshift_to_s3 import RedshiftToS3Operator
from airflow.providers.amazon.aws.transfers.s3_to_redshift import S3ToRedshiftOperator

default_args = {
    "owner": "loyalty",
    "retries": 1,
    "retry_delay": timedelta(minutes=5),
    "redshift_conn_id": "redshift_loyalty",
    "aws_conn_id": "aws_default",
}

with DAG(
    dag_id="loyalty_load",
    default_args=default_args,
    start_date=datetime(2025, 1, 20),
    schedule="@daily",
    catchup=False,
) as dag:
    wait = S3KeySensor(task_id="wait", bucket_key="s3://loyalty-landing/points/{{ ds }}.csv.gz", deferrable=True)

    load = S3ToRedshiftOperator(
        task_id="load",
        schema="staging",
        table="points",
        s3_bucket="loyalty-landing",
        s3_key="points/{{ ds }}.csv.gz",
        copy_options=["CSV", "GZIP", "IGNOREHEADER 1", "TIMEFORMAT 'auto'"],
        method="REPLACE",
    )

    unload = RedshiftToS3Operator(
        task_id="unload",
        s3_bucket="loyalty-export",
        s3_key="tiers/{{ ds }}/",
        select_query="SELECT member_id, tier FROM core.members WHERE updated_on = '{{ ds }}'",
        unload_options=["PARQUET", "ALLOWOVERWRITE"],
    )

    wait >> load >> unload
