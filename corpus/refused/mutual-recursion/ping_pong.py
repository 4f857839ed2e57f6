from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def ping(n):
    return pong(n + 1)


def pong(n):
    return [x for x in [ping(n + 1)]][0]


with DAG("ping_pong", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=str(ping(0)))
