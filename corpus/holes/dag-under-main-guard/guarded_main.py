# Airflow: __name__ is a name that it makes up for the module, never __main__.
# A converter that runs the file like a script writes local_debug and the task `debug`.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

with DAG("guarded_main", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")

if __name__ == "__main__":
    LambdaInvokeFunctionOperator(task_id="debug", function_name="debug", dag=dag)
    with DAG("local_debug", start_date=datetime(2025, 1, 1), schedule=None):
        LambdaInvokeFunctionOperator(task_id="run", function_name="run")
    dag.test()
