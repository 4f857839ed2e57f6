from datetime import datetime

from airflow import DAG

with DAG("wip_next", start_date=datetime(2025, 1, 1), schedule="@daily"):
    raise NotImplementedError("not yet")
