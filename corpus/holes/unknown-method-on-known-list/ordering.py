# Airflow: the position comes from the environment, and the chain follows it.
# A naive converter ignores the call, or appends at the end.
import os
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

tables = ["orders", "customers"]
tables.insert(int(os.environ["FIRST_AT"]), "refunds")

with DAG("ordering", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    chain(*[GlueJobOperator(task_id=f"load_{t}", job_name="loader") for t in tables])
