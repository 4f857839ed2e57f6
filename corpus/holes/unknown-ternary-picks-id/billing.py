# Airflow: the id is known only where the environment is.
# A naive converter takes the truth of a placeholder and writes billing.yml, or billing_test.yml.
import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator

is_prod = os.environ["DEPLOY_ENV"] == "prod"

with DAG(
    dag_id="billing" if is_prod else "billing_test",
    start_date=datetime(2025, 1, 1),
    schedule="0 4 1 * *",
    catchup=False,
) as dag:
    StepFunctionStartExecutionOperator(
        task_id="start",
        state_machine_arn="arn:aws:states:eu-west-1:123456789012:stateMachine:billing",
        state_machine_input={"month": "{{ ds }}"},
    )
