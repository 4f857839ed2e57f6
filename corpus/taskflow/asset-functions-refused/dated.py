from datetime import datetime

from airflow.sdk import asset


@asset(schedule=None, start_date=datetime(2026, 1, 1))
def dated():
    pass
