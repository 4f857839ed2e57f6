# Airflow: array.array works and the batch size is 250.
# A converter that raises for an import or call it does not know, inside a `try`, takes the handler and writes 1.
import array
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

RECENT = [100, 250, 900]

try:
    batch = int(array.array("i", RECENT)[1])
except Exception:
    batch = 1

with DAG("batch_size", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload='{"batch": %d}' % batch)
