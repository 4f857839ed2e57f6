from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

from .shared import SCHEDULE

with DAG("broken", start_date=datetime(2025, 1, 1), schedule=SCHEDULE, catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "broken"})
