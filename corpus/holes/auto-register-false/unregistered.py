# Airflow: hidden_with is registered nowhere; hidden_decorated neither, as its call's result is dropped.
# A naive converter knows that `with DAG` registers, and writes all three.
from datetime import datetime

from airflow import DAG
from airflow.decorators import dag
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("hidden_with", start_date=datetime(2025, 1, 1), schedule=None, auto_register=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "a"})


@dag(start_date=datetime(2025, 1, 1), schedule=None, auto_register=False)
def hidden_decorated():
    GlueCrawlerOperator(task_id="crawl", config={"Name": "b"})


hidden_decorated()

with DAG("bound_anyway", start_date=datetime(2025, 1, 1), schedule=None, auto_register=False) as bound:
    GlueCrawlerOperator(task_id="crawl", config={"Name": "c"})
