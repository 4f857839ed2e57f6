from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

with DAG("missing_argument", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False):
    AthenaOperator(task_id="ask", query="SELECT 1")
