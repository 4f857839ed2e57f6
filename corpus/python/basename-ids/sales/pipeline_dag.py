from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

here = Path(__file__)
stem = here.stem.removesuffix("_dag")

with DAG(
    f"{here.parent.name}_{stem}",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    tags=[*here.parent.parts[-1:], here.suffix.lstrip(".")],
) as dag:
    run = LambdaInvokeFunctionOperator(task_id="run", function_name=here.with_suffix("").name)
