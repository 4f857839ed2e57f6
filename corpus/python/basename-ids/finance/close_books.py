import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

DAG_ID = os.path.basename(__file__).replace(".pyc", "").replace(".py", "")
TEAM = os.path.basename(os.path.dirname(os.path.abspath(__file__)))

with DAG(
    dag_id=DAG_ID,
    start_date=datetime(2025, 1, 31),
    schedule="0 6 1 * *",
    catchup=False,
    tags=[TEAM],
    default_args={"owner": TEAM},
) as dag:
    close = LambdaInvokeFunctionOperator(task_id="close", function_name=f"{TEAM}-{DAG_ID}".replace("_", "-"))
