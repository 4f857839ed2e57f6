# Airflow: the closure may double the number of shards before the loop runs.
# A converter that does not follow the closure makes one shard task.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def build():
    shards = 1

    def double():
        nonlocal shards
        shards *= 2

    if Variable.get("double") == "y":
        double()

    with DAG("sharded", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
        for i in range(shards):
            LambdaInvokeFunctionOperator(task_id=f"shard_{i}", function_name="shard")
    return dag


dag = build()
