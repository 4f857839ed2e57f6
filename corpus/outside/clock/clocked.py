import time
from datetime import date, datetime, timedelta

import pendulum

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

today = date.today()
midnight = datetime.combine(datetime.now() - timedelta(days=1), datetime.min.time())

with DAG(
    "clocked",
    start_date=midnight,
    schedule="@daily",
    catchup=False,
    default_args={"owner": "x", "end_date": datetime(2099, 1, 1)},
) as dag:
    ask = AthenaOperator(
        task_id="ask",
        query=f"SELECT * FROM t WHERE month = '{today:%Y-%m}' AND y > {datetime.utcnow().year - 2}",
        database="core",
        output_location="s3://athena-results/",
    )
    if pendulum.now("UTC") > pendulum.datetime(2025, 6, 1, tz="UTC"):
        ask >> LambdaInvokeFunctionOperator(task_id="new_way", function_name="new-way")
    else:
        ask >> LambdaInvokeFunctionOperator(task_id="old_way", function_name="old-way")
    stamp = int(time.time()) // 86400

with DAG("clocked_pendulum", start_date=pendulum.today("UTC").add(days=-2), schedule=None):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload='{"day": %d}' % stamp)

with DAG("clocked_yesterday", start_date=pendulum.yesterday(), schedule=None):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")
