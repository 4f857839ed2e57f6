from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

numbers = range(10**15)
assert 12345 in numbers and len(numbers) == 10**15

with DAG("lazy_range", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id=f"run_{len(numbers[:3])}_{numbers[-1] % 10}", function_name="run")
