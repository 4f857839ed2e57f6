# Airflow: stops making tasks at the table that the Variable names.
# A converter that skips the undecided `if` goes on with the loop and writes a task for all three tables.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

TABLES = ["customers", "orders", "refunds"]

with DAG("table_loop", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    stop_at = Variable.get("stop_at")
    for table in TABLES:
        if table == stop_at:
            break
        GlueJobOperator(task_id=f"load_{table}", job_name="loader", script_args={"--table": table})
