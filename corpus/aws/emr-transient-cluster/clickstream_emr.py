"""Nightly sessionisation of the clickstream on a transient EMR cluster."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator,
    EmrCreateJobFlowOperator,
    EmrTerminateJobFlowOperator,
)
from airflow.providers.amazon.aws.sensors.emr import EmrStepSensor
from airflow.utils.trigger_rule import TriggerRule

BUCKET = "acme-clickstream"
CODE = f"s3://{BUCKET}/code/current"

SPARK_STEPS = [
    {
        "Name": "sessionise",
        "ActionOnFailure": "CANCEL_AND_WAIT",
        "HadoopJarStep": {
            "Jar": "command-runner.jar",
            "Args": [
                "spark-submit",
                "--deploy-mode", "cluster",
                "--conf", "spark.sql.shuffle.partitions=400",
                f"{CODE}/sessionise.py",
                "--date", "{{ ds }}",
                "--input", f"s3://{BUCKET}/raw/dt={{{{ ds }}}}/",
                "--output", f"s3://{BUCKET}/sessions/",
            ],
        },
    },
    {
        "Name": "compact",
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {
            "Jar": "command-runner.jar",
            "Args": ["spark-submit", f"{CODE}/compact.py", "--date", "{{ ds }}"],
        },
    },
]

JOB_FLOW_OVERRIDES = {
    "Name": "clickstream-{{ ds_nodash }}",
    "ReleaseLabel": "emr-6.15.0",
    "Applications": [{"Name": "Spark"}, {"Name": "Hadoop"}],
    "LogUri": f"s3://{BUCKET}/emr-logs/",
    "Configurations": [
        {
            "Classification": "spark-env",
            "Configurations": [
                {"Classification": "export", "Properties": {"PYSPARK_PYTHON": "/usr/bin/python3"}}
            ],
        },
        {"Classification": "spark-defaults", "Properties": {"spark.speculation": "false"}},
    ],
    "Instances": {
        "InstanceGroups": [
            {
                "Name": "Master node",
                "Market": "ON_DEMAND",
                "InstanceRole": "MASTER",
                "InstanceType": "m5.xlarge",
                "InstanceCount": 1,
            },
            {
                "Name": "Core nodes",
                "Market": "SPOT",
                "InstanceRole": "CORE",
                "InstanceType": "r5.2xlarge",
                "InstanceCount": 4,
                "EbsConfiguration": {
                    "EbsBlockDeviceConfigs": [
                        {"VolumeSpecification": {"VolumeType": "gp3", "SizeInGB": 128}, "VolumesPerInstance": 2}
                    ]
                },
            },
        ],
        "Ec2SubnetId": "subnet-0a1b2c3d4e5f60718",
        "KeepJobFlowAliveWhenNoSteps": True,
        "TerminationProtected": False,
    },
    "VisibleToAllUsers": True,
    "JobFlowRole": "EMR_EC2_DefaultRole",
    "ServiceRole": "EMR_DefaultRole",
    "Tags": [{"Key": "team", "Value": "web-analytics"}],
}

default_args = {
    "owner": "web-analytics",
    "depends_on_past": False,
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
}

with DAG(
    dag_id="clickstream_emr",
    default_args=default_args,
    start_date=datetime(2025, 3, 1),
    schedule="15 2 * * *",
    catchup=False,
    max_active_runs=1,
    tags=["emr", "clickstream"],
) as dag:
    create_cluster = EmrCreateJobFlowOperator(
        task_id="create_cluster",
        job_flow_overrides=JOB_FLOW_OVERRIDES,
        aws_conn_id="aws_default",
        region_name="eu-west-1",
    )

    add_steps = EmrAddStepsOperator(
        task_id="add_steps",
        job_flow_id="{{ task_instance.xcom_pull(task_ids='create_cluster', key='return_value') }}",
        steps=SPARK_STEPS,
    )

    last_step = len(SPARK_STEPS) - 1
    wait_for_steps = EmrStepSensor(
        task_id="wait_for_steps",
        job_flow_id="{{ task_instance.xcom_pull(task_ids='create_cluster', key='return_value') }}",
        step_id="{{ task_instance.xcom_pull(task_ids='add_steps', key='return_value')[" + str(last_step) + "] }}",
        poke_interval=60,
        timeout=3 * 60 * 60,
        mode="reschedule",
    )

    terminate_cluster = EmrTerminateJobFlowOperator(
        task_id="terminate_cluster",
        job_flow_id="{{ task_instance.xcom_pull(task_ids='create_cluster', key='return_value') }}",
        trigger_rule=TriggerRule.ALL_DONE,
        retries=0,
    )

    create_cluster >> add_steps >> wait_for_steps >> terminate_cluster
