from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

with DAG(
    "over_the_top",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    max_active_runs=50,
    default_args={"retries": 5, "retry_delay": timedelta(minutes=10), "execution_timeout": timedelta(hours=6)},
) as dag:
    LambdaInvokeFunctionOperator(task_id="inherits", function_name="f")
    LambdaInvokeFunctionOperator(
        task_id="within",
        function_name="f",
        retries=3,
        retry_delay=timedelta(seconds=300),
        execution_timeout=timedelta(hours=1),
    )
    LambdaInvokeFunctionOperator(
        task_id="numbers", function_name="f", retries=10, retry_delay=600, execution_timeout=timedelta(days=1)
    )
    LambdaInvokeFunctionOperator(
        task_id="fractions", function_name="f", retries=0, retry_delay=timedelta(milliseconds=1500), execution_timeout=None
    )
