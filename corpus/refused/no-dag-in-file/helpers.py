"""Helpers for the airflow dags of the team."""
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

DAG_DEFAULTS = {"owner": "team"}


def notify(dag, topic):
    return SnsPublishOperator(task_id="notify", target_arn=topic, message=dag.dag_id, dag=dag)
