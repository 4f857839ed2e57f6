from datetime import datetime

from airflow.sdk import DAG, task

with DAG("expand_statement", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    REGIONS = ["eu", "us"]

    @task
    def load(region):
        return f"{region} of {len(REGIONS)}"

    @task
    def count(loaded):
        return len(REGIONS)

    load.expand(region=REGIONS)
    count.override(task_id="count_all")(loaded="all")
