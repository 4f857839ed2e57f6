from airflow import DAG
from airflow.providers.amazon.aws.operators.redshift_cluster import (
    RedshiftCreateClusterSnapshotOperator,
    RedshiftDeleteClusterSnapshotOperator,
    RedshiftPauseClusterOperator,
    RedshiftResumeClusterOperator,
)
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator
from airflow.providers.amazon.aws.sensors.redshift_cluster import RedshiftClusterSensor

CLUSTER = "weekend-dwh"

default_args = {
    "owner": "dwh",
    "start_date": "2025-06-07",
    "end_date": "2026-12-31",
    "retries": 1,
}

with DAG("weekend_dwh", default_args=default_args, schedule="@weekly", catchup=False) as dag:
    resume = RedshiftResumeClusterOperator(task_id="resume", cluster_identifier=CLUSTER)
    wait_available = RedshiftClusterSensor(
        task_id="wait_available",
        cluster_identifier=CLUSTER,
        target_status="available",
        poke_interval=15,
        timeout=60 * 30,
    )
    refresh = [
        RedshiftDataOperator(
            task_id="refresh_" + view.replace(".", "_"),
            cluster_identifier=CLUSTER,
            database="dwh",
            db_user="etl",
            sql="REFRESH MATERIALIZED VIEW %s;" % view,
            poll_interval=10,
        )
        for view in ("mart.weekly_sales", "mart.weekly_margin")
    ]
    snapshot = RedshiftCreateClusterSnapshotOperator(
        task_id="snapshot",
        cluster_identifier=CLUSTER,
        snapshot_identifier=CLUSTER + "-{{ ds }}",
        retention_period=14,
        wait_for_completion=True,
        poll_interval=20,
    )
    forget = RedshiftDeleteClusterSnapshotOperator(
        task_id="forget",
        cluster_identifier=CLUSTER,
        snapshot_identifier=CLUSTER + "-{{ macros.ds_add(ds, -35) }}",
    )
    pause = RedshiftPauseClusterOperator(task_id="pause", cluster_identifier=CLUSTER, trigger_rule="all_done")

    resume >> wait_available >> refresh >> snapshot
    snapshot >> (forget, pause)
