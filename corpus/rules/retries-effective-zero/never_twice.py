from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator

ARN = "arn:aws:states:eu-west-1:123456789012:stateMachine:pay"

with DAG("never_twice", start_date=datetime(2025, 1, 1), schedule="0 6 1 * *", catchup=False):
    StepFunctionStartExecutionOperator(task_id="pay", state_machine_arn=ARN)
    StepFunctionStartExecutionOperator(task_id="pay_none", state_machine_arn=ARN, retries=None)

with DAG(
    "maybe_twice", start_date=datetime(2025, 1, 1), schedule="0 6 1 * *", catchup=False, default_args={"retries": 1}
):
    StepFunctionStartExecutionOperator(task_id="pay", state_machine_arn=ARN)
    StepFunctionStartExecutionOperator(task_id="pay_once", state_machine_arn=ARN, retries=0)
