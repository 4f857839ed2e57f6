# Airflow: one DAG, whatever the Variable says: neither branch does anything that a DAG keeps.
# A converter that refuses at every undecided `if` loses this file for nothing.
import logging
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

log = logging.getLogger(__name__)
verbose = Variable.get("verbose")

if verbose == "yes":
    log.info("parsing %s", __name__)
    print("verbose parsing is on")
else:
    pass

owner = "data-eng" if verbose else "data-eng"

with DAG(
    "quiet_branch",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"owner": owner, "retries": 2},
):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "nightly"})
