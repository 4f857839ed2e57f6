from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

LIMIT = 10**10**10

with DAG("power", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=f'{{"limit": {LIMIT}}}')
