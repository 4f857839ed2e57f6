# Airflow: the second DAG exists only where the Variable says so.
# A naive converter writes it always, or never; either way without a word.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

with DAG("daily_only", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as daily:
    GlueJobOperator(task_id="load", job_name="load")

if Variable.get("with_backfill") == "1":
    with DAG("backfill_too", start_date=datetime(2025, 1, 1), schedule=None, catchup=False) as backfill:
        GlueJobOperator(task_id="load", job_name="load", script_args={"--full": "yes"})
