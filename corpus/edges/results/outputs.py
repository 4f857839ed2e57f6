from datetime import datetime

from airflow import DAG
from airflow.models.xcom_arg import XComArg
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3CreateObjectOperator, S3ListOperator
from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator

with DAG("outputs", start_date=datetime(2025, 1, 1), schedule=None) as dag:
    list_ = S3ListOperator(task_id="list", bucket="lake")
    plan = LambdaInvokeFunctionOperator(task_id="plan", function_name="plan")
    go = StepFunctionStartExecutionOperator(
        task_id="go",
        state_machine_arn="arn:aws:states:eu-west-1:123456789012:stateMachine:go",
        state_machine_input={"files": list_.output, "nested": [{"plan": plan.output["chosen"]}], "n": 3},
    )
    copy = S3CopyObjectOperator(
        task_id="copy",
        source_bucket_name="lake",
        source_bucket_key=XComArg(plan, key="source"),
        dest_bucket_name="lake",
        dest_bucket_key="copies/{{ ds }}",
    )
    note = S3CreateObjectOperator(
        task_id="note", s3_bucket="lake", s3_key="note.txt", data=f"planned: {plan.output}", replace=True
    )
    go >> note
