from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.sensors.base import PokeReturnValue


def plain(n, **context):
    print(n, context["ds"])


with DAG("variants", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):

    @task.branch
    def choose():
        return "left"

    @task.bash
    def say():
        return "echo {{ ds }}"

    @task.sensor(poke_interval=60, timeout=3600, mode="reschedule")
    def ready() -> PokeReturnValue:
        return PokeReturnValue(is_done=True, xcom_value="x")

    @task.short_circuit
    def go_on(x):
        return bool(x)

    left = EmptyOperator(task_id="left")
    right = PythonOperator(task_id="right", python_callable=plain, op_args=[3], op_kwargs={"day": "{{ ds }}"})
    bash = BashOperator(task_id="bash", bash_command="echo '{{ params.who }}' && exit 0", env={"A": "b"}, params={"who": "me"})
    choose() >> [left, right]
    go_on(ready()) >> say() >> bash
