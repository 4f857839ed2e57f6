from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("old_rule", start_date=datetime(2026, 1, 1), schedule=None):
    EmptyOperator(task_id="end", trigger_rule="none_failed_or_skipped")
