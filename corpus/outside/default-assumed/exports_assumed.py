from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

stage = Variable.get("stage", default_var="dev")
shards = int(Variable.get("shards", default_var=3))

with DAG(
    f"exports_{stage}",
    start_date=datetime(2025, 1, 1),
    schedule=Variable.get("exports_cron", default_var="0 3 * * *"),
    catchup=False,
) as dag:
    for n in range(shards):
        LambdaInvokeFunctionOperator(task_id=f"shard_{n}", function_name="export")
