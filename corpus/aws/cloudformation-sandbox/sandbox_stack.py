import json
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.cloud_formation import (
    CloudFormationCreateStackOperator,
    CloudFormationDeleteStackOperator,
)
from airflow.providers.amazon.aws.operators.ec2 import (
    EC2StartInstanceOperator,
    EC2StopInstanceOperator,
)
from airflow.providers.amazon.aws.sensors.cloud_formation import (
    CloudFormationCreateStackSensor,
    CloudFormationDeleteStackSensor,
)
from airflow.providers.amazon.aws.sensors.ec2 import EC2InstanceStateSensor

STACK = "qa-sandbox"
INSTANCE = "i-0f00ba4000000001"

TEMPLATE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Description": "Queue and topic for the QA sandbox",
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 300}},
        "Topic": {"Type": "AWS::SNS::Topic"},
    },
    "Outputs": {"QueueUrl": {"Value": {"Ref": "Queue"}}},
}

with DAG(
    dag_id="sandbox_stack",
    start_date=datetime(2025, 9, 1),
    schedule="0 6 * * 1-5",
    catchup=False,
) as dag:
    create_stack = CloudFormationCreateStackOperator(
        task_id="create_stack",
        stack_name=STACK,
        cloudformation_parameters={
            "TemplateBody": json.dumps(TEMPLATE, indent=2),
            "TimeoutInMinutes": 2,
            "OnFailure": "DELETE",
            "Capabilities": [],
        },
    )
    stack_ready = CloudFormationCreateStackSensor(task_id="stack_ready", stack_name=STACK)
    boot = EC2StartInstanceOperator(task_id="boot", instance_id=INSTANCE, check_interval=15)
    running = EC2InstanceStateSensor(task_id="running", instance_id=INSTANCE, target_state="running")
    halt = EC2StopInstanceOperator(task_id="halt", instance_id=INSTANCE, trigger_rule="all_done")
    delete_stack = CloudFormationDeleteStackOperator(task_id="delete_stack", stack_name=STACK, trigger_rule="all_done")
    stack_gone = CloudFormationDeleteStackSensor(task_id="stack_gone", stack_name=STACK, trigger_rule="all_done")

    create_stack >> stack_ready >> boot >> running >> halt >> delete_stack >> stack_gone
