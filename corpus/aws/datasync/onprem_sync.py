"""Pull the NAS share of the plant into S3."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.datasync import DataSyncOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeysUnchangedSensor

SRC = "smb://nas.plant7.example/quality/"
DST = "s3://plant7-quality/"

with DAG(
    dag_id="onprem_sync",
    default_args={"owner": "ot", "retries": 1},
    start_date=datetime(2025, 12, 1),
    schedule="0 */6 * * *",
    catchup=False,
):
    sync = DataSyncOperator(
        task_id="sync",
        source_location_uri=SRC,
        destination_location_uri=DST,
        allow_random_task_choice=False,
        allow_random_location_choice=False,
        create_task_kwargs={
            "Name": "plant7-quality",
            "Options": {"VerifyMode": "ONLY_FILES_TRANSFERRED", "OverwriteMode": "ALWAYS", "Gid": "NONE", "Uid": "NONE"},
            "Excludes": [{"FilterType": "SIMPLE_PATTERN", "Value": "*.tmp|~$*"}],
        },
        create_source_location_kwargs={
            "ServerHostname": "nas.plant7.example",
            "Subdirectory": "/quality",
            "User": "svc-datasync",
            "Domain": "PLANT7",
            "AgentArns": ["arn:aws:datasync:eu-central-1:123456789012:agent/agent-0b0addbeef44babca"],
        },
        create_destination_location_kwargs={
            "S3BucketArn": "arn:aws:s3:::plant7-quality",
            "S3Config": {"BucketAccessRoleArn": "arn:aws:iam::123456789012:role/datasync-s3"},
        },
        wait_interval_seconds=60,
        max_iterations=120,
        delete_task_after_execution=False,
    )

    settled = S3KeysUnchangedSensor(
        task_id="settled",
        bucket_name="plant7-quality",
        prefix="quality/{{ ds }}/",
        inactivity_period=600,
        min_objects=1,
        allow_delete=False,
        poke_interval=60,
        mode="poke",
    )

    sync >> settled
