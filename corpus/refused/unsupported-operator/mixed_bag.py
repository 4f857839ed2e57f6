from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.http.operators.http import HttpOperator
from airflow.providers.smtp.operators.smtp import EmailOperator

with DAG("mixed_bag", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    fetch = HttpOperator(task_id="fetch", endpoint="v1/prices", method="GET", http_conn_id="prices")
    load = SQLExecuteQueryOperator(
        task_id="load", conn_id="dwh", sql="INSERT INTO prices VALUES ('{{ ds }}')", autocommit=True
    )
    mail = EmailOperator(task_id="mail", to=["ops@example.com"], subject="prices {{ ds }}", html_content="<b>done</b>")
    fetch >> load >> mail

with DAG("sound_bag", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as other:
    S3ListOperator(task_id="ls", bucket="prices")
