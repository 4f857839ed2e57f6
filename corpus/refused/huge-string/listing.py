from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

SHARDS = [None] * 10**12

with DAG("listing", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=str(len(SHARDS)))
