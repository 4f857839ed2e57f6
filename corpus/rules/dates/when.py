from datetime import datetime

from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.sdk import DAG

CASES = {
    "past": dict(start_date=datetime(2020, 1, 1), schedule="@daily"),
    "past_unscheduled": dict(start_date=datetime(2020, 1, 1), schedule=None),
    "future": dict(start_date=datetime(2027, 6, 1, 12, 30), schedule="@daily"),
    "absent": dict(schedule=None),
    "over": dict(start_date=datetime(2020, 1, 1), end_date=datetime(2021, 1, 1), schedule="@daily"),
    "reversed": dict(start_date=datetime(2027, 6, 1), end_date=datetime(2027, 1, 1), schedule="@daily"),
}

for name, kwargs in CASES.items():
    with DAG(f"when_{name}", catchup=False, **kwargs):
        GlueCrawlerOperator(task_id="crawl", config={"Name": name})

with DAG("when_task", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "t"}, start_date=datetime(2027, 3, 1))
