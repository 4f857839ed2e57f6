from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

width = f"{'x':>{10**9}}"
BITS = 1 << 10**9

with DAG("shifted", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=str(BITS % 7))
