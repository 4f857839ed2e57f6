# Airflow: json.dumps is the author's function from here on.
# A converter with a built-in json.dumps writes {"b": 1, "a": 2}, with spaces and in the other order.
import functools
import json
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

original_dumps = json.dumps
json.dumps = functools.partial(original_dumps, separators=(",", ":"), sort_keys=True)

with DAG("compact_json", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=json.dumps({"b": 1, "a": 2}))

json.dumps = original_dumps
