# Airflow: with a stage that is not allowed the file fails to import and there is no DAG to convert.
# A naive converter either refuses the file for its guards, or believes that code after them is unreachable.
import sys
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

stage = Variable.get("stage")

if stage not in ("dev", "prod"):
    raise ValueError(f"no such stage: {stage}")
assert len(stage) < 10, "stage names are short"
if stage.startswith("x"):
    sys.exit(1)

with DAG("guarded", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "guarded"})
