from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def late(dag, task_list, blocking_task_list, slas, blocking_tis):
    print(slas)


with DAG(
    "old_parameters",
    schedule_interval="0 3 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    default_view="graph",
    orientation="TB",
    concurrency=4,
    sla_miss_callback=late,
    fail_stop=True,
    access_control={"Viewer": {"can_read", "can_edit"}},
    default_args={"sla": timedelta(hours=1)},
) as dag:
    a = EmptyOperator(task_id="a", task_concurrency=2)
    b = LambdaInvokeFunctionOperator(task_id="b", function_name="b", sla=timedelta(minutes=5))
    a >> b
