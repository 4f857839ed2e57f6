"""PII scan of the chat archive (GDPR). Results are read by the privacy office."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.comprehend import ComprehendStartPiiEntitiesDetectionJobOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListPrefixesOperator
from airflow.providers.amazon.aws.sensors.comprehend import ComprehendStartPiiEntitiesDetectionJobCompletedSensor

ROLE = "arn:aws:iam::123456789012:role/comprehend-s3"
LANGS = ["en", "de", "fr"]

with DAG(
    "pii_scan",
    schedule="0 22 * * 5",
    start_date=datetime(2025, 4, 4),
    catchup=False,
    dagrun_timeout=timedelta(hours=12),
    default_args={"owner": "privacy", "priority_weight": 5, "weight_rule": "absolute"},
) as dag:
    prefixes = S3ListPrefixesOperator(
        task_id="prefixes", bucket="chat-archive", prefix="week={{ ds }}/", delimiter="/"
    )

    for no, lang in enumerate(LANGS, 1):
        start = ComprehendStartPiiEntitiesDetectionJobOperator(
            task_id=f"start_{no}_{lang}",
            input_data_config={"S3Uri": f"s3://chat-archive/week={{{{ ds }}}}/{lang}/", "InputFormat": "ONE_DOC_PER_LINE"},
            output_data_config={"S3Uri": "s3://chat-pii/"},
            mode="ONLY_REDACTION",
            data_access_role_arn=ROLE,
            language_code=lang,
            start_pii_entities_kwargs={
                "RedactionConfig": {"PiiEntityTypes": ["NAME", "EMAIL", "ADDRESS"], "MaskMode": "REPLACE_WITH_PII_ENTITY_TYPE"}
            },
            wait_for_completion=False,
        )
        done = ComprehendStartPiiEntitiesDetectionJobCompletedSensor(
            task_id=f"done_{no}_{lang}", job_id=start.output, poke_interval=120
        )
        prefixes >> start >> done
