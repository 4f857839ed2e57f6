from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

with DAG("unread", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    AthenaOperator(
        task_id="open",
        query="SELECT '{{ ds '",
        database="{{ run_id + +1 }}",
        output_location="{% if ds %}s3://b/",
        catalog="{{ ds | }}",
        client_request_token="{{ not rendered",
    )
