from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(
    "stringy_args",
    default_args={"start_date": "2025-01-01T04:00:00", "end_date": "2026-12-31"},
    schedule="@daily",
    catchup=False,
):
    EmptyOperator(task_id="t")
