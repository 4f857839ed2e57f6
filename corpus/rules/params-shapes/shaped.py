from datetime import date, datetime

from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.sdk import DAG, Param

with DAG(
    "shaped",
    start_date=datetime(2027, 1, 1),
    schedule=None,
    params={
        "plain": 1,
        "checked": Param(5, type="integer", minimum=1, maximum=10, description="between"),
        "nothing": Param(None, type=["null", "string"]),
        "nested": {"a": [1, 2.5, "x", None, True]},
        "text": "yes",
        "day": Param(date(2027, 1, 1).isoformat(), type="string", format="date"),
    },
):
    LambdaInvokeFunctionOperator(
        task_id="run", function_name="run", payload='{"day": "{{ params.day }}", "n": {{ params.checked }}}'
    )
