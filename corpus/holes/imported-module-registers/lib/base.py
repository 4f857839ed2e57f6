from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

START = datetime(2025, 1, 1)

with DAG("nightly_base", start_date=START, schedule="0 0 * * *", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "base"})
