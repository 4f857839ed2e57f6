from __future__ import annotations

import json

import pendulum

from airflow.decorators import dag, task
from airflow.providers.amazon.aws.operators.s3 import S3CreateObjectOperator


@dag(
    dag_id="prices_taskflow",
    schedule="0 */4 * * *",
    start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Paris"),
    catchup=False,
    default_args={"retries": 1},
    tags=["taskflow"],
)
def prices():
    """
    ### Prices
    Fetches, parses and stores the price list.
    """

    @task
    def fetch(url: str) -> str:
        return '{"a": 1}'

    @task(multiple_outputs=True, retries=3)
    def parse(text: str, limit: int = 10) -> dict:
        return dict(list(json.loads(text).items())[:limit])

    @task()
    def total(a, b):
        return a + b

    raw = fetch("https://prices.example/v1")
    first = parse(raw)
    second = parse(raw, limit=2)
    summed = total.override(task_id="sum_up")(first["a"], second["a"])
    store = S3CreateObjectOperator(task_id="store", s3_bucket="prices", s3_key="{{ ds }}.json", data=raw)
    summed >> store


prices_dag = prices()
