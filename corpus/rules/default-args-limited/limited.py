from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

default_args = {
    "owner": "bi",
    "email": ["bi@example.com"],
    "email_on_failure": True,
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "priority_weight": 3,
    "start_date": datetime(2025, 1, 1),
    "end_date": datetime(2027, 1, 1),
    "execution_timeout": timedelta(minutes=20),
    "trigger_rule": "none_failed",
    "wait_for_downstream": False,
    "depends_on_past": False,
    "pool": "bi",
    "queue": "default",
    "database": "core",
    "output_location": "s3://athena-results/",
    "workgroup": "bi",
    "deferrable": False,
}

with DAG("limited", default_args=default_args, schedule="0 6 * * *", catchup=False) as dag:
    crawl = GlueCrawlerOperator(task_id="crawl", config={"Name": "x"})
    ask = AthenaOperator(task_id="ask", query="SELECT 1", workgroup="other", retries=0)
    crawl >> ask
