# Airflow: the attribute that the Variable names gets 99.
# A converter that skips the call writes 4 workers.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator


class Tuning:
    workers = 4
    version = "4.0"


tuning = Tuning()
setattr(tuning, Variable.get("tuned_key"), 99)

with DAG("tuning", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    GlueJobOperator(
        task_id="crunch",
        job_name="crunch",
        create_job_kwargs={"NumberOfWorkers": tuning.workers, "GlueVersion": tuning.version},
    )
