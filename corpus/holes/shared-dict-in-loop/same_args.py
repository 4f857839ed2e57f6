# Airflow: the three tasks hold the same dict, and it says refunds when the file ends. (A bug of the author's, faithfully kept.)
# A naive converter copies the dict at each call and writes customers, orders, refunds.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

args = {"--env": "prod"}

with DAG("same_args", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    for table in ["customers", "orders", "refunds"]:
        args["--table"] = table
        GlueJobOperator(task_id=f"load_{table}", job_name="loader", script_args=args)
