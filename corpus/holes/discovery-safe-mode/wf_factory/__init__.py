from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def workflow(name):
    with DAG(name, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as wf:
        LambdaInvokeFunctionOperator(task_id="run", function_name=name)
    return wf
