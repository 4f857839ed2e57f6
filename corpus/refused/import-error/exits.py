import sys
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("exits", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "x"})

if "airflow" in sys.modules:
    sys.exit("not on this server")
