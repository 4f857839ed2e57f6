"""Kick the thumbnailer Lambda for everything that was uploaded in the last hour."""

import json
from datetime import datetime, timedelta

from airflow.sdk import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.sqs import SqsPublishOperator
from airflow.providers.amazon.aws.sensors.lambda_function import LambdaFunctionStateSensor

FUNCTION = "media-thumbnailer"
QUEUE = "https://sqs.eu-north-1.amazonaws.com/123456789012/thumbnails-done"

payload = {
    "window": {"from": "{{ macros.ds_add(ds, -1) }}T00:00:00Z", "to": "{{ ds }}T00:00:00Z"},
    "sizes": [64, 128, 512],
    "formats": {"webp": True, "avif": False},
    "label": "T\u00fcrkis \u2013 nightly",
}

with DAG(
    dag_id="thumbnails",
    schedule=timedelta(hours=1),
    start_date=datetime(2026, 2, 1),
    catchup=False,
    max_active_tasks=3,
) as dag:
    ready = LambdaFunctionStateSensor(
        task_id="ready", function_name=FUNCTION, target_states=["Active"], poke_interval=15, timeout=600
    )

    invoke = LambdaInvokeFunctionOperator(
        task_id="invoke",
        function_name=FUNCTION,
        qualifier="live",
        invocation_type="RequestResponse",
        log_type="Tail",
        payload=json.dumps(payload),
        botocore_config={"read_timeout": 900, "retries": {"max_attempts": 0}},
    )

    announce = SqsPublishOperator(
        task_id="announce",
        sqs_queue=QUEUE,
        message_content="{{ ti.xcom_pull(task_ids='invoke') }}",
        message_attributes={"source": {"DataType": "String", "StringValue": "airflow"}},
        delay_seconds=5,
    )

    ready >> invoke >> announce
