# Airflow: the sum is computed while the file is imported, slowly but surely.
# A converter whose step limit is raised as an exception lands in the handler and writes "0".
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

try:
    seed = 0
    for n in range(3_000_001):
        seed += n
    for n in range(3_000_000):
        pass
except:  # noqa: E722
    seed = 0

with DAG("checksum", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=f'{{"seed": {seed}}}')
