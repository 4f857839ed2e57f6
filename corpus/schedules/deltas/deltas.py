from datetime import datetime, timedelta

import pendulum

from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

CASES = {
    "hourly": dict(start_date=datetime(2025, 1, 1), schedule=timedelta(hours=1), catchup=True),
    "six_thirty": dict(start_date=datetime(2025, 1, 1, 6, 30), schedule=timedelta(days=1), catchup=True),
    "future": dict(start_date=datetime(2027, 1, 4, 6, 30), schedule=timedelta(weeks=1), catchup=False),
    "past_no_catchup": dict(start_date=datetime(2025, 1, 1, 6, 30), schedule=timedelta(days=1), catchup=False),
    "odd": dict(start_date=datetime(2025, 1, 1), schedule=timedelta(hours=7), catchup=True),
    "dst": dict(start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Berlin"), schedule=timedelta(days=1), catchup=True),
    "ninety": dict(start_date=datetime(2025, 1, 1), schedule=timedelta(minutes=90), catchup=True),
}

for name, kwargs in CASES.items():
    with DAG(f"delta_{name}", **kwargs):
        EmptyOperator(task_id="t")
