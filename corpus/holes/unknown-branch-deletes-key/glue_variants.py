# Airflow: on the classic fleet the worker type is taken out of the arguments and the old capacity key comes in.
# A naive converter writes the dict as it stood before the branch.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

job = {"GlueVersion": "4.0", "WorkerType": "G.1X", "NumberOfWorkers": 4}

if Variable.get("classic") == "1":
    del job["WorkerType"]
    job.pop("NumberOfWorkers")
    job["MaxCapacity"] = 4.0

with DAG("glue_variants", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueJobOperator(task_id="crunch", job_name="crunch", create_job_kwargs=job)
