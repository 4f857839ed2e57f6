from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

stage = Variable.get("stage")

with DAG(
    "dropped_anyway",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    tags=["glue", stage],
    is_paused_upon_creation=stage != "prod",
) as dag:
    GlueCrawlerOperator(task_id="crawl", config={"Name": "nightly"}, pool=f"{stage}_pool", doc_md=f"stage {stage}")
