from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

from pipelines.shared import SCHEDULE

with DAG("sound", start_date=datetime(2025, 1, 1), schedule=SCHEDULE, catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "sound"})
