# Airflow: as many chunk tasks as the Variable says.
# A naive converter runs the body not at all, writes a DAG with one task and says nothing.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

with DAG("chunked_export", start_date=datetime(2025, 1, 1), schedule="0 1 * * *", catchup=False) as dag:
    last = LambdaInvokeFunctionOperator(task_id="plan", function_name="export-plan", payload="{}")
    n = 0
    while n < int(Variable.get("chunks")):
        chunk = LambdaInvokeFunctionOperator(
            task_id=f"chunk_{n}", function_name="export-chunk", payload='{"chunk": %d}' % n
        )
        last >> chunk
        last = chunk
        n += 1
