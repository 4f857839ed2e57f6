#!/usr/bin/env python3
# -*- coding: utf-8 -*-
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.rds import (
    RdsCreateDbSnapshotOperator,
    RdsDeleteDbSnapshotOperator,
    RdsStartDbOperator,
    RdsStartExportTaskOperator,
    RdsStopDbOperator,
)
from airflow.providers.amazon.aws.sensors.rds import RdsDbSensor, RdsSnapshotExistenceSensor
from airflow.providers.amazon.aws.utils.rds import RdsDbType

DB = "crm-replica"
SNAP = DB + "-{{ ds_nodash }}"
KMS_KEY = "arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

with DAG(
    "crm_snapshot",
    description="Snapshot of the CRM replica, exported to Parquet",
    start_date=datetime(2025, 3, 3),
    schedule="0 0 * * 0",
    catchup=False,
    default_args={"owner": "dba", "retries": 1, "retry_delay": timedelta(minutes=5), "sla": timedelta(hours=6)},
) as dag:
    start = RdsStartDbOperator(task_id="start", db_identifier=DB, db_type=RdsDbType.INSTANCE, wait_for_completion=False)
    available = RdsDbSensor(task_id="available", db_identifier=DB, db_type="instance", target_statuses=["available"])
    snapshot = RdsCreateDbSnapshotOperator(
        task_id="snapshot",
        db_type="instance",
        db_identifier=DB,
        db_snapshot_identifier=SNAP,
        tags=[{"Key": "made-by", "Value": "airflow"}],
    )
    exists = RdsSnapshotExistenceSensor(
        task_id="exists",
        db_type="instance",
        db_snapshot_identifier=SNAP,
        target_statuses=["available"],
    )
    export = RdsStartExportTaskOperator(
        task_id="export",
        export_task_identifier="crm-{{ ds_nodash }}",
        source_arn="arn:aws:rds:us-east-2:123456789012:snapshot:" + SNAP,
        s3_bucket_name="crm-exports",
        s3_prefix="rds/{{ ds }}",
        iam_role_arn="arn:aws:iam::123456789012:role/rds-export",
        kms_key_id=KMS_KEY,
        export_only=["crm.public.account", "crm.public.contact"],
        waiter_interval=60,
        waiter_max_attempts=120,
    )
    drop = RdsDeleteDbSnapshotOperator(
        task_id="drop", db_type="instance", db_snapshot_identifier=DB + "-{{ macros.ds_format(macros.ds_add(ds, -28), '%Y-%m-%d', '%Y%m%d') }}"
    )
    stop = RdsStopDbOperator(task_id="stop", db_identifier=DB, trigger_rule="all_done")

    start >> available >> snapshot >> exists >> export >> drop
    [exists, export] >> stop
