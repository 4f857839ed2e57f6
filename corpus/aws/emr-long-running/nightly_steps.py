"""Adds steps to the shared cluster. The cluster id is in Terraform, do not edit here."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator, EmrModifyClusterOperator
from airflow.providers.amazon.aws.sensors.emr import EmrJobFlowSensor, EmrStepSensor

CLUSTER_ID = "j-2AXXXXXXGAPLF"


def hive_step(name, script, **variables):
    args = ["hive-script", "--run-hive-script", "--args", "-f", script]
    for key, value in variables.items():
        args += ["-d", f"{key}={value}"]
    return {
        "Name": name,
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": args},
    }


with DAG(
    "nightly_steps",
    start_date=datetime(2025, 2, 10),
    schedule="0 2 * * *",
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "hadoop",
        "depends_on_past": True,
        "wait_for_downstream": True,
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
    },
) as dag:
    cluster_waiting = EmrJobFlowSensor(
        task_id="cluster_waiting",
        job_flow_id=CLUSTER_ID,
        target_states={"WAITING", "RUNNING"},
        failed_states={"TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"},
        poke_interval=60,
    )

    more_steps = EmrModifyClusterOperator(task_id="more_steps", cluster_id=CLUSTER_ID, step_concurrency_level=4)

    steps = EmrAddStepsOperator(
        task_id="steps",
        job_flow_id=CLUSTER_ID,
        steps=[
            hive_step("dims", "s3://dwh-hive/dims.q"),
            hive_step("facts", "s3://dwh-hive/facts.q", RUN_DATE="{{ ds }}", LOOKBACK=3),
        ],
        wait_for_completion=False,
    )

    steps_done = EmrStepSensor(
        task_id="steps_done",
        job_flow_id=CLUSTER_ID,
        step_id="{{ ti.xcom_pull(task_ids='steps')[-1] }}",
        target_states={"COMPLETED"},
        failed_states={"CANCELLED", "FAILED", "INTERRUPTED"},
    )

    cluster_waiting >> more_steps >> steps >> steps_done
