from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("sound_one", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "a"})

with DAG("copy_paste", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    a = GlueCrawlerOperator(task_id="crawl", config={"Name": "a"})
    b = GlueCrawlerOperator(task_id="crawl", config={"Name": "b"})
    a >> b
