# Airflow: the name is deleted where the Variable says so, and with it the DAG.
# A naive converter collects the DAG at its constructor and writes it.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

hidden = DAG("hidden", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
GlueCrawlerOperator(task_id="crawl", config={"Name": "hidden"}, dag=hidden)

visible = DAG("visible", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
GlueCrawlerOperator(task_id="crawl", config={"Name": "visible"}, dag=visible)

if Variable.get("hide") == "yes":
    del hidden
