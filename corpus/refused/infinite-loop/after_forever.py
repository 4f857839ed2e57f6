from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("after_forever", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    GlueCrawlerOperator(task_id="crawl", config={"Name": "sound"})
