# Airflow: the case that fits the Variable decides the number of workers.
# A naive converter falls through to `case _` and writes 2.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

match Variable.get("tier"):
    case "gold":
        workers, worker_type = 20, "G.2X"
    case "silver" | "bronze":
        workers, worker_type = 8, "G.1X"
    case _:
        workers, worker_type = 2, "Standard"

with DAG("capacity", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueJobOperator(
        task_id="crunch",
        job_name="crunch",
        create_job_kwargs={"NumberOfWorkers": workers, "WorkerType": worker_type, "GlueVersion": "4.0"},
    )
