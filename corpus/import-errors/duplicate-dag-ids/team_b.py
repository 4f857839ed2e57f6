from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("daily_report", start_date=datetime(2025, 1, 1), schedule="0 2 * * *", catchup=False):
    GlueCrawlerOperator(task_id="crawl_b", config={"Name": "b"})

with DAG("weekly", start_date=datetime(2025, 1, 1), schedule="0 2 * * 1", catchup=False):
    GlueCrawlerOperator(task_id="crawl_b", config={"Name": "b"})
