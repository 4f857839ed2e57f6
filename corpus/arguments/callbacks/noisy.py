import functools
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def page(context, channel="ops"):
    print(channel, context["exception"])


def bye(context):
    print("done")


with DAG(
    "noisy",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    on_failure_callback=page,
    on_success_callback=[bye],
    default_args={"on_failure_callback": functools.partial(page, channel="tasks"), "retries": 1},
):
    a = LambdaInvokeFunctionOperator(task_id="a", function_name="a")
    b = LambdaInvokeFunctionOperator(task_id="b", function_name="b", on_failure_callback=None, on_retry_callback=lambda c: None)
    a >> b
