from datetime import datetime

from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.sdk import DAG

SCHEDULES = {
    "plain": "15 4 * * *",
    "steps": "*/20 8-17 * * 1-5",
    "names": "0 6 * JAN,JUL MON",
    "both_days": "0 6 13 * FRI",
    "last_day": "0 0 L * *",
    "nth": "0 0 * * 5#2",
    "seconds": "0 0 * * * 30",
    "sunday7": "0 0 * * 7",
    "once": "@once",
    "hourly": "@hourly",
    "yearly": "@yearly",
    "none": None,
}

for name, schedule in SCHEDULES.items():
    with DAG(f"cron_{name}", start_date=datetime(2027, 1, 1), schedule=schedule):
        GlueCrawlerOperator(task_id="crawl", config={"Name": name})

with DAG("cron_left_out", start_date=datetime(2027, 1, 1)):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "left out"})

with DAG("cron_continuous", start_date=datetime(2027, 1, 1), schedule="@continuous", max_active_runs=1):
    GlueCrawlerOperator(task_id="crawl", config={"Name": "continuous"})
