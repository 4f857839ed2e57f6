from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

NAMES = {"dev": "crawler-dev"}

with DAG("key_error", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": NAMES["prod"]})
