"""A DAG with one of each thing that a definition can get wrong."""

from datetime import timedelta

import pendulum
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator
from airflow.providers.amazon.aws.sensors.emr import EmrJobFlowSensor
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.sdk import DAG

with DAG(
    "orders",
    schedule="30 6 * * 1-5",
    start_date=pendulum.datetime(2024, 3, 1, tz="Europe/Berlin"),
    catchup=False,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
    tags=["sales"],
) as dag:
    landed = S3KeySensor(task_id="landed", bucket_key="s3://orders/{{ ds }}/_SUCCESS", poke_interval=120)
    steps = EmrAddStepsOperator(task_id="steps", job_flow_id="j-1", steps=[{"Name": "load", "Retries": 3}])
    ended = EmrJobFlowSensor(task_id="ended", job_flow_id="j-1", target_states={"TERMINATED", "WAITING"})
    landed >> steps >> ended
