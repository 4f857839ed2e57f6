from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator, EmrCreateJobFlowOperator, EmrTerminateJobFlowOperator

with DAG("with_teardown", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    create = EmrCreateJobFlowOperator(task_id="create", job_flow_overrides={"Name": "x", "ReleaseLabel": "emr-7.1.0"})
    work = EmrAddStepsOperator(task_id="work", job_flow_id=create.output, steps=[])
    stop = EmrTerminateJobFlowOperator(task_id="stop", job_flow_id=create.output)
    create >> work >> stop.as_teardown(setups=create)
