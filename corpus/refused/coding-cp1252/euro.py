#!/usr/bin/env python3
# vim: set fileencoding=cp1252 :
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("euro", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    GlueCrawlerOperator(task_id="crawl", config={"Name": "€“x”"})
