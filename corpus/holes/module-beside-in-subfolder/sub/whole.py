# Airflow: the folder of the DAGs is on the path, so sub is a package without __init__.py.
# A converter that looks only beside the importing file does not find sub.inner_names.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from sub.inner_names import NAME

with DAG("whole_" + NAME, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")
