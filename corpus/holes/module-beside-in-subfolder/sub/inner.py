# Airflow: ModuleNotFoundError, since only the root of the DAG folder is on the path (`from sub.inner_names import NAME` would do).
# Many folders are run with a path that has it, so a converter looks there last, with a note.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from inner_names import NAME

with DAG(NAME, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")
