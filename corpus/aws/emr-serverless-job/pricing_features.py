# Builds the pricing feature table. EMR Serverless so that nobody has to size a cluster.
import pendulum

from airflow.models.baseoperator import chain
from airflow.models.dag import DAG
from airflow.providers.amazon.aws.operators.emr import (
    EmrServerlessCreateApplicationOperator,
    EmrServerlessDeleteApplicationOperator,
    EmrServerlessStartJobOperator,
    EmrServerlessStopApplicationOperator,
)
from airflow.providers.amazon.aws.sensors.emr import EmrServerlessJobSensor

ROLE_ARN = "arn:aws:iam::123456789012:role/emr-serverless-runtime"

SPARK_JOB_DRIVER = {
    "sparkSubmit": {
        "entryPoint": "s3://pricing-artifacts/jobs/features.py",
        "entryPointArguments": ["--as-of", "{{ ds }}", "--window", "28"],
        "sparkSubmitParameters": (
            "--conf spark.executor.cores=4 "
            "--conf spark.executor.memory=16g "
            "--conf spark.driver.memory=8g "
            "--conf spark.executor.instances=12"
        ),
    }
}

MONITORING = {
    "monitoringConfiguration": {
        "s3MonitoringConfiguration": {"logUri": "s3://pricing-artifacts/logs/"},
        "cloudWatchLoggingConfiguration": {"enabled": True, "logGroupName": "/emr-serverless/pricing"},
    }
}

with DAG(
    "pricing_features",
    schedule="0 4 * * 1-5",
    start_date=pendulum.datetime(2025, 9, 1, tz="UTC"),
    catchup=False,
    default_args={"owner": "pricing", "retries": 1},
    doc_md=__doc__,
):
    create_app = EmrServerlessCreateApplicationOperator(
        task_id="create_app",
        release_label="emr-7.2.0",
        job_type="SPARK",
        config={
            "name": "pricing-features",
            "autoStopConfiguration": {"enabled": True, "idleTimeoutMinutes": 10},
            "maximumCapacity": {"cpu": "64 vCPU", "memory": "256 GB"},
        },
    )

    start_job = EmrServerlessStartJobOperator(
        task_id="start_job",
        application_id=create_app.output,
        execution_role_arn=ROLE_ARN,
        job_driver=SPARK_JOB_DRIVER,
        configuration_overrides=MONITORING,
        wait_for_completion=False,
        name="features-{{ ds_nodash }}",
    )

    wait_for_job = EmrServerlessJobSensor(
        task_id="wait_for_job",
        application_id=create_app.output,
        job_run_id=start_job.output,
        target_states={"SUCCESS"},
        poke_interval=30,
    )

    stop_app = EmrServerlessStopApplicationOperator(
        task_id="stop_app",
        application_id=create_app.output,
        force_stop=True,
        trigger_rule="all_done",
    )
    delete_app = EmrServerlessDeleteApplicationOperator(
        task_id="delete_app",
        application_id=create_app.output,
        trigger_rule="all_done",
    )

    chain(create_app, start_job, wait_for_job, stop_app, delete_app)
