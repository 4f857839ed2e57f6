from datetime import datetime

from airflow.providers.amazon.aws.hooks.ecs import EcsTaskStates
from airflow.providers.amazon.aws.hooks.emr import EmrServerlessHook
from airflow.providers.amazon.aws.sensors.ecs import EcsTaskStateSensor
from airflow.providers.amazon.aws.sensors.emr import EmrServerlessJobSensor
from airflow.providers.amazon.aws.sensors.step_function import StepFunctionExecutionSensor
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("library_constants", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    EcsTaskStateSensor(
        task_id="stopped",
        cluster="etl",
        task="arn:aws:ecs:eu-west-1:123456789012:task/etl/1",
        target_state=EcsTaskStates.STOPPED,
        failure_states={EcsTaskStates.NONE},
    )
    EmrServerlessJobSensor(
        task_id="running",
        application_id="app",
        job_run_id="run",
        target_states={*EmrServerlessHook.JOB_SUCCESS_STATES, "RUNNING"},
    )
    EmrServerlessJobSensor(
        task_id="succeeded",
        application_id="app",
        job_run_id="run",
        target_states=EmrServerlessHook.JOB_SUCCESS_STATES,
    )
    BashOperator(
        task_id="failures",
        bash_command="echo " + " ".join(StepFunctionExecutionSensor.FAILURE_STATES),
    )
