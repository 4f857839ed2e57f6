# Airflow: int() of the Variable may raise, and then the handler's value counts.
# A naive converter takes the handler as soon as something in the body is not known, or never.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

try:
    retries = int(Variable.get("glue_retries"))
    pool = "glue"
except (KeyError, ValueError):
    retries = 1
    pool = "default_pool"

with DAG(
    "fragile_config",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"retries": retries},
):
    GlueJobOperator(task_id="crunch", job_name="crunch", pool=pool)
