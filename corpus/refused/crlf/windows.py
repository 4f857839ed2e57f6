from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

QUERY = """SELECT 1
FROM t"""

with DAG(
    "windows",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
) as dag:
    AthenaOperator(task_id="ask", query=QUERY, database="core", output_location="s3://results/" \
        "windows/")
