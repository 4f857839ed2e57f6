# Airflow: the helper returns early where the Variable says so, and neither the task nor its edge is made.
# A converter that does not follow `return` out of the undecided branch always adds the gate.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue import GlueDataQualityRuleSetEvaluationRunOperator


def gate(upstream, table):
    if Variable.get("skip_dq") == "true":
        return upstream
    check = GlueDataQualityRuleSetEvaluationRunOperator(
        task_id=f"dq_{table}",
        datasource={"GlueTable": {"DatabaseName": "core", "TableName": table}},
        role="glue-dq",
        rule_set_names=[f"{table}-rules"],
    )
    upstream >> check
    return check


with DAG("with_quality_gate", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    build = AthenaOperator(
        task_id="build", query="SELECT 1", database="core", output_location="s3://athena-results/"
    )
    last = gate(build, "orders")
