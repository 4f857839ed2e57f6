"""One DAG for each source system that lands in the lake: a crawler, then a Glue job for each table."""
from datetime import datetime

from airflow.decorators import dag
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.utils.task_group import TaskGroup

from common.settings import DEFAULT_ARGS, LAKE

SOURCES = {
    "crm": {"schedule": "@daily", "tables": ["accounts", "contacts"]},
    "shop": {"schedule": "15 * * * *", "tables": ["orders", "order_lines", "returns"]},
}


def make_dag(name, schedule, tables):
    @dag(
        dag_id=f"lake_{name}",
        schedule=schedule,
        start_date=datetime(2030, 1, 1),
        catchup=False,
        default_args=DEFAULT_ARGS,
    )
    def lake():
        crawl = GlueCrawlerOperator(task_id="crawl", config={"Name": f"{name}-landing"})
        with TaskGroup("tables") as group:
            for table in tables:
                GlueJobOperator(
                    task_id=table,
                    job_name="landing_to_lake",
                    script_args={
                        "--table": f"{name}.{table}",
                        "--day": "{{ ds }}",
                        "--target": f"s3://{LAKE}/{name}/{table}/",
                    },
                    num_of_dpus=int(Variable.get("glue_dpus", default_var="10")),
                )
        crawl >> group

    return lake()


for source, config in SOURCES.items():
    globals()[f"lake_{source}"] = make_dag(source, **config)
