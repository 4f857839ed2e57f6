# Airflow: the module's name feed_dag is bound to a DAG, so this file has it too, beside its own.
# A naive converter sees upstream_feed twice and reports a duplicate, or writes it from the wrong file.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
from upstream import feed_dag

with DAG("downstream_report", start_date=datetime(2025, 1, 1), schedule="0 3 * * *", catchup=False) as report_dag:
    SnsPublishOperator(
        task_id="tell",
        target_arn="arn:aws:sns:eu-west-1:123456789012:reports",
        message=f"after {feed_dag.dag_id} ({len(feed_dag.tasks)} task)",
    )
