from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("twice", start_date=datetime(2025, 1, 1), schedule="0 1 * * *", catchup=False) as first:
    GlueCrawlerOperator(task_id="crawl_first", config={"Name": "a"})

# copied, id forgotten
with DAG("twice", start_date=datetime(2025, 1, 1), schedule="0 2 * * *", catchup=False) as second:
    GlueCrawlerOperator(task_id="crawl_second", config={"Name": "b"})

with DAG("thrice", start_date=datetime(2025, 1, 1), schedule="0 3 * * *", catchup=False) as third:
    GlueCrawlerOperator(task_id="crawl_third", config={"Name": "c"})
