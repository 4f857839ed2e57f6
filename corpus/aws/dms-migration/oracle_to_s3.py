from datetime import datetime
from typing import Any, Dict

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.dms import (
    DmsCreateTaskOperator,
    DmsDeleteTaskOperator,
    DmsDescribeTasksOperator,
    DmsStartTaskOperator,
    DmsStopTaskOperator,
)
from airflow.providers.amazon.aws.sensors.dms import DmsTaskBaseSensor, DmsTaskCompletedSensor

SCHEMAS = ["HR", "PAYROLL"]

TABLE_MAPPINGS: Dict[str, Any] = {
    "rules": [
        {
            "rule-type": "selection",
            "rule-id": str(n),
            "rule-name": str(n),
            "object-locator": {"schema-name": schema, "table-name": "%"},
            "rule-action": "include",
        }
        for n, schema in enumerate(SCHEMAS, start=1)
    ]
}

common: Dict[str, Any] = dict(aws_conn_id="aws_migration", region_name="eu-west-3")

with DAG(
    dag_id="oracle_to_s3",
    schedule=None,
    start_date=datetime(2025, 11, 24),
    catchup=False,
    render_template_as_native_obj=True,
) as dag:
    create = DmsCreateTaskOperator(
        task_id="create",
        replication_task_id="oracle-to-s3-{{ ds_nodash }}",
        source_endpoint_arn="arn:aws:dms:eu-west-3:123456789012:endpoint:ORASRC",
        target_endpoint_arn="arn:aws:dms:eu-west-3:123456789012:endpoint:S3TGT",
        replication_instance_arn="arn:aws:dms:eu-west-3:123456789012:rep:R5LARGE",
        table_mappings=TABLE_MAPPINGS,
        migration_type="full-load",
        create_task_kwargs={"CdcStopPosition": "server_time:2025-12-31T00:00:00"},
        **common,
    )
    start = DmsStartTaskOperator(task_id="start", replication_task_arn=create.output, **common)
    describe = DmsDescribeTasksOperator(
        task_id="describe",
        describe_tasks_kwargs={
            "Filters": [{"Name": "replication-instance-arn", "Values": ["arn:aws:dms:eu-west-3:123456789012:rep:R5LARGE"]}]
        },
        do_xcom_push=False,
        **common,
    )
    completed = DmsTaskCompletedSensor(task_id="completed", replication_task_arn=create.output, poke_interval=120, **common)
    stop = DmsStopTaskOperator(task_id="stop", replication_task_arn=create.output, trigger_rule="one_failed", **common)
    delete = DmsDeleteTaskOperator(task_id="delete", replication_task_arn=create.output, trigger_rule="all_done", **common)
    end = EmptyOperator(task_id="end", trigger_rule="all_done")

    create >> start >> describe >> completed >> [stop, delete]
    stop >> delete >> end
