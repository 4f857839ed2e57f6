from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("taken", start_date=datetime(2026, 1, 1), schedule=None):
    BashOperator(
        task_id="a",
        bash_command="a",
        retries="2",
        retry_delay=30,
        execution_timeout=timedelta(minutes=5),
        email=["a@example.com"],
        pool_slots=2,
        trigger_rule="none_failed",
        weight_rule="absolute",
    )
