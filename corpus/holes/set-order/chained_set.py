# Airflow: the chain follows the set's order, which changes each time the scheduler parses the file.
# A naive converter writes one of the six orders as if it were the author's.
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

SOURCES = {"crm", "erp", "web"}

with DAG("chained_set", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    chain(*[GlueCrawlerOperator(task_id=f"crawl_{s}", config={"Name": s}) for s in SOURCES])
