from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils import timezone as airflow_timezone

STARTS = {
    "naive": datetime(2025, 1, 1),
    "utc": pendulum.datetime(2025, 1, 1),
    "berlin": pendulum.datetime(2025, 1, 1, 3, 0, tz="Europe/Berlin"),
    "zoneinfo": datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Kolkata")),
    "pendulum_zone": datetime(2025, 6, 1, tzinfo=pendulum.timezone("America/Sao_Paulo")),
    "offset": datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    "airflow": airflow_timezone.datetime(2025, 1, 1),
    "converted": pendulum.datetime(2025, 1, 1, tz="UTC").in_timezone("Asia/Tokyo"),
    "parsed": pendulum.parse("2025-01-01T00:00:00+02:00"),
}

for name, start in STARTS.items():
    with DAG(f"zone_{name}", start_date=start, schedule="30 2 * * *", catchup=False):
        EmptyOperator(task_id="t")

with DAG("zone_in_args", default_args={"start_date": pendulum.datetime(2025, 1, 1, tz="Europe/Lisbon")}, schedule="@daily", catchup=False):
    EmptyOperator(task_id="t")
