# Airflow merges the layers key by key, the nearest one winning, when each operator is called.
# A converter that knows only the DAG's default_args writes retries: 1 for all but the explicit one.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.utils.task_group import TaskGroup


def crawl(task_id, **kwargs):
    return GlueCrawlerOperator(task_id=task_id, config={"Name": task_id}, **kwargs)


with DAG(
    "layers",
    default_args={"retries": 1, "owner": "dag"},
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
):
    crawl("in_dag")
    with TaskGroup("outer", default_args={"retries": 2, "owner": "outer"}):
        crawl("in_outer")
        with TaskGroup("inner", default_args={"retries": 3}):
            crawl("in_inner")
            crawl("own_defaults", default_args={"retries": 4})
            crawl("explicit", default_args={"retries": 4}, retries=5)
