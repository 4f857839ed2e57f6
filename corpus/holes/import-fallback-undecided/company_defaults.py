# Airflow: which side runs depends on whether acme_standards is installed on the workers.
# A naive converter takes "not found here" for ImportError and writes the fallback.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

try:
    from acme_standards import DEFAULT_RETRIES
except ImportError:
    DEFAULT_RETRIES = 0

with DAG(
    "company_defaults",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"retries": DEFAULT_RETRIES},
):
    GlueJobOperator(task_id="crunch", job_name="crunch")
