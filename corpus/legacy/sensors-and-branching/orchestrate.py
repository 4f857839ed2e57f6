from datetime import timedelta

import pendulum

from airflow.models import DAG
from airflow.operators.dagrun_operator import TriggerDagRunOperator
from airflow.operators.dummy import DummyOperator
from airflow.operators.latest_only_operator import LatestOnlyOperator
from airflow.operators.python import BranchPythonOperator
from airflow.sensors.external_task_sensor import ExternalTaskSensor


def pick(**context):
    return "weekend" if context["logical_date"].weekday() > 4 else "workday"


with DAG(
    "orchestrate",
    schedule_interval="0 8 * * *",
    start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Vienna"),
    catchup=False,
    max_active_tasks=8,
    sla_miss_callback=None,
) as dag:
    wait = ExternalTaskSensor(
        task_id="wait",
        external_dag_id="nightly",
        external_task_id="done",
        execution_delta=timedelta(hours=8),
        allowed_states=["success"],
        mode="reschedule",
        check_existence=True,
    )
    latest = LatestOnlyOperator(task_id="latest")
    branch = BranchPythonOperator(task_id="branch", python_callable=pick)
    weekend = DummyOperator(task_id="weekend")
    workday = TriggerDagRunOperator(
        task_id="workday", trigger_dag_id="workday_report", conf={"source": "{{ dag.dag_id }}"}, execution_date="{{ ds }}"
    )
    join = DummyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
    wait >> latest >> branch >> [weekend, workday] >> join
