"""
Variant calling on AWS Batch.

One array job per cohort; children index into the manifest.
"""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.providers.amazon.aws.sensors.batch import BatchJobQueueSensor, BatchSensor

JOB_QUEUE = "genomics-spot"
cohorts = {"adult": 48, "paediatric": 12}

with DAG(
    dag_id="genomics_batch",
    doc_md=__doc__,
    start_date=datetime(2025, 8, 18, 6, 30),
    schedule=None,
    default_args={
        "owner": "bioinf",
        "retries": 1,
        "retry_exponential_backoff": True,
        "retry_delay": timedelta(minutes=4),
        "max_retry_delay": timedelta(minutes=30),
    },
    params={"reference": "GRCh38", "dry_run": False},
) as dag:
    queue_ready = BatchJobQueueSensor(task_id="queue_ready", job_queue=JOB_QUEUE, treat_non_existing_as_deleted=False)

    for cohort in sorted(cohorts):
        submit = BatchOperator(
            task_id=f"submit_{cohort}",
            job_name=f"vc-{cohort}-{{{{ ds_nodash }}}}",
            job_queue=JOB_QUEUE,
            job_definition="variant-calling:7",
            array_properties={"size": cohorts[cohort]},
            container_overrides={
                "command": ["call.sh", "--reference", "{{ params.reference }}"],
                "resourceRequirements": [
                    {"type": "VCPU", "value": "8"},
                    {"type": "MEMORY", "value": "61440"},
                ],
            },
            retry_strategy={"attempts": 3},
            wait_for_completion=False,
        )
        done = BatchSensor(task_id=f"done_{cohort}", job_id=submit.output, poke_interval=300, mode="reschedule")
        queue_ready >> submit >> done
