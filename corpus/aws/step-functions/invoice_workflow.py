import pendulum
from airflow import DAG
from airflow.providers.amazon.aws.operators.step_function import (
    StepFunctionGetExecutionOutputOperator,
    StepFunctionStartExecutionOperator,
)
from airflow.providers.amazon.aws.sensors.step_function import StepFunctionExecutionSensor

ACCOUNT, REGION = "123456789012", "ca-central-1"
STATE_MACHINE = "arn:aws:states:{r}:{a}:stateMachine:invoice-run".format(r=REGION, a=ACCOUNT)

local_tz = pendulum.timezone("America/Toronto")

with DAG(
    dag_id="invoice_workflow",
    start_date=pendulum.datetime(2025, 11, 1, tz=local_tz),
    schedule="0 7 1 * *",
    catchup=False,
    is_paused_upon_creation=False,
) as dag:
    start_execution = StepFunctionStartExecutionOperator(
        task_id="start_execution",
        state_machine_arn=STATE_MACHINE,
        name="invoices-{{ ts_nodash }}",
        state_machine_input={
            "billingMonth": "{{ ds[:7] }}",
            "dryRun": False,
            "threshold": 0.05,
            "notify": None,
        },
    )

    wait_for_execution = StepFunctionExecutionSensor(
        task_id="wait_for_execution",
        execution_arn=start_execution.output,
        mode="reschedule",
        poke_interval=120,
    )

    get_output = StepFunctionGetExecutionOutputOperator(
        task_id="get_output", execution_arn=start_execution.output
    )

    start_execution >> wait_for_execution >> get_output
