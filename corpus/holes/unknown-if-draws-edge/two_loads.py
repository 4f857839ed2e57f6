# Airflow: whether load_b waits for load_a is decided while the file is imported.
# A naive converter writes both tasks, correct in every argument, without the dependency.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

dag = DAG("two_loads", start_date=datetime(2025, 1, 1), schedule="@hourly", catchup=False)

load_a = LambdaInvokeFunctionOperator(task_id="load_a", function_name="load-a", payload="{}", dag=dag)
load_b = LambdaInvokeFunctionOperator(task_id="load_b", function_name="load-b", payload="{}", dag=dag)

serial = Variable.get("serial")
if serial == "1":
    load_a.set_downstream(load_b)
