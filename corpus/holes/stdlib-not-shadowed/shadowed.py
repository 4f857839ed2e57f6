# Airflow: `import json` is the standard library's, since the DAG folder comes last on the path.
# A converter that looks beside the file first writes "from the local module".
import json
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

with DAG("shadowed", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload=json.dumps({"day": "{{ ds }}"}))
