import re
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

SOURCES = [
    "lambda:ping",
    ("s3", "landing", "in/{{ ds }}/*"),
    {"kind": "athena", "sql": "SELECT 1", "tags": ["x", "y"]},
    {"kind": "crawler", "name": "c1"},
    42,
]


def task_for(n, source):
    match source:
        case str() if m := re.match(r"lambda:(\w+)", source):
            return LambdaInvokeFunctionOperator(task_id=f"s{n}_{m.group(1)}", function_name=m[1])
        case ("s3", bucket, key) | ["s3", bucket, key]:
            return S3KeySensor(task_id=f"s{n}_wait", bucket_name=bucket, bucket_key=key, wildcard_match="*" in key)
        case {"kind": "athena", "sql": sql, **rest}:
            return AthenaOperator(
                task_id=f"s{n}_{'_'.join(rest['tags'])}", query=sql, database="d", output_location="s3://r/"
            )
        case {"kind": kind, "name": name}:
            return GlueCrawlerOperator(task_id=f"s{n}_{kind}", config={"Name": name})
        case int(x) | float(x):
            return LambdaInvokeFunctionOperator(task_id=f"s{n}_num", function_name="num", payload=str(x))
        case _:
            raise ValueError(source)


with DAG("sources", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    last = None
    for n, source in enumerate(SOURCES):
        if (task := task_for(n, source)) and last is not None:
            last >> task
        last = task
    total = [y := 1, y**2, (z := y + 5)]
    LambdaInvokeFunctionOperator(task_id=f"total_{sum(total)}_{z}", function_name="total")
