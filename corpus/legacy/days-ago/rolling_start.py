from datetime import timedelta

import airflow.utils.dates
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils import dates
from airflow.utils.dates import days_ago

both = {"owner": "x", "start_date": days_ago(3)}

with DAG("rolling_plain", default_args=both, start_date=days_ago(3), schedule_interval="@daily", catchup=False):
    EmptyOperator(task_id="t")

with DAG("rolling_args_only", default_args={"start_date": dates.days_ago(1)}, schedule_interval="@daily", catchup=False):
    EmptyOperator(task_id="t")

with DAG("rolling_hour", start_date=days_ago(2, hour=4, minute=30), schedule_interval="@daily", catchup=False):
    EmptyOperator(task_id="t")

with DAG(
    "rolling_math",
    start_date=airflow.utils.dates.days_ago(0) - timedelta(hours=36),
    schedule_interval="@daily",
    catchup=False,
):
    EmptyOperator(task_id="t")

with DAG("rolling_future", start_date=days_ago(-2), schedule_interval="@daily", catchup=False):
    EmptyOperator(task_id="t")
