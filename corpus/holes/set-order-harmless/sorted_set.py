# Airflow: the same DAG in every process, since the set is sorted before anything is made of it.
# A converter that refuses wherever a set is iterated loses the file for nothing.
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

SOURCES = {"crm", "erp", "web"}
PAUSED = {"erp", "legacy"}

with DAG("sorted_set", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    crawls = [
        GlueCrawlerOperator(task_id=f"crawl_{s}", config={"Name": s})
        for s in sorted(SOURCES - PAUSED)
        if s in SOURCES
    ]
    chain(*crawls)
    if len(SOURCES & PAUSED) == 1 and max(SOURCES) == "web":
        crawls[-1] >> GlueCrawlerOperator(task_id="crawl_rest", config={"Name": ",".join(sorted(PAUSED))})
