from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("undefined_name", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False, default_args=defaults):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "x"})
