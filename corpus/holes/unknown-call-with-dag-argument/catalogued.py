# Airflow: `register` gets the DAG and adds a task to it.
# A converter that minds unknown calls only inside `with` blocks writes one task instead of two.
from datetime import datetime

from acme_platform.governance import register
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

dag = DAG("catalogued", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)

crawl = GlueCrawlerOperator(task_id="crawl", config={"Name": "catalogued"}, dag=dag)

register(dag, owner="data-office")
