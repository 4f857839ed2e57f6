from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("sound_neighbour", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    crawl = GlueCrawlerOperator(task_id="crawl", config={"Name": "sound"})
