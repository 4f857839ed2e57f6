from datetime import datetime

from airflow import DAG
from airflow.configuration import conf
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

parallel = conf.getint("acme", "parallel_queries", fallback=4)
DAGS = conf.get("core", "dags_folder")

with DAG(
    "conf_driven",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    max_active_tasks=parallel,
    template_searchpath=[DAGS],
):
    AthenaOperator(
        task_id="q",
        query="SELECT '{{ ds }}'",
        database=conf.get("acme", "athena_database", fallback="core"),
        output_location="s3://athena-results/",
    )
