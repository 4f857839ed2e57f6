# Airflow: only the sources that are not disabled get a task.
# A naive converter keeps all of them, or none.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

SOURCES = ["a", "b", "c"]
disabled = Variable.get("disabled")

with DAG("enabled_sources", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    loads = [
        LambdaInvokeFunctionOperator(task_id=f"load_{s}", function_name=f"load-{s}")
        for s in SOURCES
        if s not in disabled
    ]
    loads >> EmptyOperator(task_id="done")
