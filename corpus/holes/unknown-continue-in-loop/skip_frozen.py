# Airflow: no task for a table that is on the frozen list.
# A converter that drops the undecided `if` writes tasks that would write into frozen tables.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

FROZEN = Variable.get("frozen").split(",")

with DAG("skip_frozen", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    for table in ("customers", "orders", "refunds"):
        if table in FROZEN:
            continue
        GlueJobOperator(task_id=f"load_{table}", job_name="loader", script_args={"--table": table})
