from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

topic = Variable.get("topic_arn")

with DAG("needs_variable", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    SnsPublishOperator(task_id="tell", target_arn=topic, message="run of {{ ds }}")

with DAG("needs_nothing", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as other:
    GlueCrawlerOperator(task_id="crawl", config={"Name": "nightly"})
