# Airflow: DAG(params=…) makes a ParamsDict of its own from the dict.
# A converter that keeps the author's dict writes `late` as a parameter.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

params = {"day": "monday"}

dag = DAG("parametrised", start_date=datetime(2025, 1, 1), schedule=None, params=params)

params["late"] = True
dag.params["late_ok"] = 1

LambdaInvokeFunctionOperator(
    task_id="run", function_name="run", payload='{"day": "{{ params.day }}"}', dag=dag
)
