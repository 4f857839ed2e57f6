# Airflow: with this store `{{ params.db }}` is passed to Athena as it stands, because database is no template field any more.
# A naive converter ignores the store and writes a definition whose database is rendered.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

AthenaOperator.template_fields = ("query",)

with DAG(
    "patched_athena",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    params={"db": "core"},
):
    AthenaOperator(
        task_id="run", query="SELECT '{{ ds }}'", database="{{ params.db }}", output_location="s3://athena-results/"
    )
