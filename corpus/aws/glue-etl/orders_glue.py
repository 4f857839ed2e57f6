from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import (
    GlueDataQualityOperator,
    GlueDataQualityRuleSetEvaluationRunOperator,
    GlueJobOperator,
)
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.providers.amazon.aws.sensors.glue import GlueDataQualityRuleSetEvaluationRunSensor

GLUE_ROLE = "AWSGlueServiceRole-orders"
DATABASE = "orders_curated"
TABLE = "order_lines"
RULE_SET = """
Rules = [
    RowCount between 1000 and 50000000,
    IsComplete "order_id",
    Uniqueness "order_line_id" > 0.999,
    ColumnValues "currency" in ["EUR", "USD", "GBP"]
]
"""

crawler_config = {
    "Name": "orders-raw",
    "Role": GLUE_ROLE,
    "DatabaseName": "orders_raw",
    "Targets": {"S3Targets": [{"Path": "s3://orders-lake/raw/", "Exclusions": ["**/_temporary/**"]}]},
    "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"},
}

with DAG(
    dag_id="orders_glue",
    start_date=datetime(2025, 1, 6),
    schedule="@daily",
    catchup=False,
    default_args={
        "owner": "data-eng",
        "retries": 3,
        "retry_delay": timedelta(seconds=90),
        "execution_timeout": timedelta(minutes=50),
    },
    tags=["glue", "orders"],
) as dag:
    crawl_raw = GlueCrawlerOperator(task_id="crawl_raw", config=crawler_config, wait_for_completion=True)

    curate = GlueJobOperator(
        task_id="curate",
        job_name="orders-curate",
        script_location="s3://orders-artifacts/glue/curate.py",
        s3_bucket="orders-artifacts",
        iam_role_name=GLUE_ROLE,
        script_args={
            "--run_date": "{{ ds }}",
            "--source_db": "orders_raw",
            "--target_table": f"{DATABASE}.{TABLE}",
            "--enable-metrics": "true",
            "--job-bookmark-option": "job-bookmark-enable",
        },
        create_job_kwargs={
            "GlueVersion": "4.0",
            "NumberOfWorkers": 10,
            "WorkerType": "G.1X",
            "DefaultArguments": {"--enable-glue-datacatalog": "true"},
        },
        update_config=True,
        run_job_kwargs={"ExecutionClass": "FLEX"},
        deferrable=False,
    )

    make_ruleset = GlueDataQualityOperator(
        task_id="make_ruleset",
        name="order-lines-dq",
        ruleset=RULE_SET,
        data_quality_ruleset_kwargs={"TargetTable": {"TableName": TABLE, "DatabaseName": DATABASE}},
        update_rule_set=True,
    )

    evaluate = GlueDataQualityRuleSetEvaluationRunOperator(
        task_id="evaluate",
        datasource={"GlueTable": {"TableName": TABLE, "DatabaseName": DATABASE}},
        role=GLUE_ROLE,
        rule_set_names=["order-lines-dq"],
        number_of_workers=5,
        wait_for_completion=False,
    )

    evaluated = GlueDataQualityRuleSetEvaluationRunSensor(
        task_id="evaluated",
        evaluation_run_id=evaluate.output,
        poke_interval=45,
    )

    crawl_raw >> curate >> make_ruleset >> evaluate >> evaluated
