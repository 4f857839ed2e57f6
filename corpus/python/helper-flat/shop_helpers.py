import logging

from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from shop_config import DATABASE

log = logging.getLogger(__name__)


def athena(name, depends_on=(), workgroup="primary"):
    """A CALL of the stored query `name`."""
    task = AthenaOperator(
        task_id=name,
        query=f"EXECUTE {name} USING '{{{{ ds }}}}'",
        database=DATABASE,
        output_location=f"s3://shop-results/{name}/",
        workgroup=workgroup,
    )
    for upstream in depends_on:
        task.set_upstream(upstream)
    return task


def notify_failure(context):
    log.error("failed: %s", context["task_instance"])
