# Airflow: publish() calls the function back, and two tables are in the list when the loop runs.
# A converter that looks only at mutable arguments does not see that the list can have grown.
from datetime import datetime

from acme_platform import defaults as company
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

tables = ["orders"]

company.publish(lambda: tables.append("refunds"))

with DAG("published", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    for table in tables:
        GlueJobOperator(task_id=f"load_{table}", job_name="loader", script_args={"--table": table})
