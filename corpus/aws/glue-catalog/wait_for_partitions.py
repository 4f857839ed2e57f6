"""Waits for the hourly partitions of yesterday before the daily roll-up starts."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.sensors.glue_catalog_partition import GlueCatalogPartitionSensor

HOURS = range(0, 24, 6)

with DAG(
    dag_id="wait_for_partitions",
    schedule="30 0 * * *",
    start_date=datetime(2025, 5, 5),
    catchup=False,
    default_args={"retries": 0, "owner": "telemetry"},
) as dag:
    waits = []
    for hour in HOURS:
        waits.append(
            GlueCatalogPartitionSensor(
                task_id=f"wait_{hour:02d}h",
                database_name="telemetry",
                table_name="beats",
                expression=f"ds='{{{{ ds }}}}' AND hour='{hour:02d}'",
                deferrable=True,
                poke_interval=60 * 3,
                timeout=timedelta(hours=2).total_seconds(),
            )
        )

    rollup = AthenaOperator(
        task_id="rollup",
        database="telemetry",
        query="""
            INSERT INTO telemetry.beats_daily
            SELECT device_id, count(*) AS beats, max(ts) AS last_seen, ds
            FROM telemetry.beats
            WHERE ds = '{{ ds }}'
            GROUP BY device_id, ds
        """,
        output_location="s3://telemetry-athena/",
    )

    waits >> rollup
