# Airflow: the same where the store stands inside the block of a DAG that is there already, and in a function.
# A naive converter looks at such stores when it meets `DAG(...)`, and no more.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator


def render_the_query_alone(cls):
    cls.template_fields = ("query",)


with DAG(
    "patched_inside",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    params={"db": "core"},
):
    render_the_query_alone(AthenaOperator)

    AthenaOperator(
        task_id="run", query="SELECT '{{ ds }}'", database="{{ params.db }}", output_location="s3://athena-results/"
    )
