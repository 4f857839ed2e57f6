from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("number_as_date", schedule=None, default_args={"start_date": 20260101}):
    EmptyOperator(task_id="a")
