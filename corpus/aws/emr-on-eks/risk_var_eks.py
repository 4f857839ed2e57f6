"""
### Value at risk

Runs the VaR simulation on our shared EKS cluster (virtual cluster `risk`).
Pager: #risk-platform
"""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrContainerOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
from airflow.providers.amazon.aws.sensors.emr import EmrContainerSensor

VIRTUAL_CLUSTER_ID = "7hc2yo2f3gx4q9c0e1l5d8nkm"
JOB_ROLE_ARN = "arn:aws:iam::210987654321:role/risk-emr-eks-job"

JOB_DRIVER_ARG = {
    "sparkSubmitJobDriver": {
        "entryPoint": "local:///opt/risk/var_simulation.py",
        "entryPointArguments": ["--scenarios", "10000", "--cob", "{{ macros.ds_add(ds, -1) }}"],
        "sparkSubmitParameters": "--conf spark.executors.instances=8 --conf spark.executors.memory=4G",
    }
}
CONFIGURATION_OVERRIDES_ARG = {
    "applicationConfiguration": [
        {
            "classification": "spark-defaults",
            "properties": {
                "spark.hadoop.hive.metastore.client.factory.class": "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory",
            },
        }
    ],
    "monitoringConfiguration": {
        "persistentAppUI": "ENABLED",
        "s3MonitoringConfiguration": {"logUri": "s3://risk-logs/emr-eks"},
    },
}

dag = DAG(
    dag_id="risk_var_eks",
    description="VaR on EMR on EKS",
    doc_md=__doc__,
    start_date=datetime(2025, 6, 2),
    schedule="30 22 * * 1-5",
    catchup=False,
    dagrun_timeout=timedelta(hours=4),
    default_args={"owner": "risk", "email": ["risk-platform@example.com"], "email_on_failure": True},
)

simulate = EmrContainerOperator(
    task_id="simulate",
    name="var-{{ ds }}",
    virtual_cluster_id=VIRTUAL_CLUSTER_ID,
    execution_role_arn=JOB_ROLE_ARN,
    release_label="emr-6.11.0-latest",
    job_driver=JOB_DRIVER_ARG,
    configuration_overrides=CONFIGURATION_OVERRIDES_ARG,
    wait_for_completion=False,
    job_retry_max_attempts=2,
    tags={"cost-centre": "4711"},
    dag=dag,
)

wait = EmrContainerSensor(
    task_id="wait",
    job_id=simulate.output,
    virtual_cluster_id=VIRTUAL_CLUSTER_ID,
    max_retries=None,
    poll_interval=20,
    dag=dag,
)

notify = SnsPublishOperator(
    task_id="notify",
    target_arn="arn:aws:sns:eu-central-1:210987654321:risk-eod",
    subject="VaR {{ ds }} done",
    message="Job {{ ti.xcom_pull(task_ids='simulate') }} finished.",
    dag=dag,
)

simulate >> wait >> notify
