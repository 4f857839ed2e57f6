from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, setup, task, teardown


@setup
def network():
    pass


@task
def run(n):
    pass


@teardown(on_failure_fail_dagrun=True)
def drop():
    pass


with DAG("stacks", start_date=datetime(2026, 1, 1), schedule=None):
    net = network()
    vm = EmptyOperator(task_id="vm").as_setup()
    end = drop()
    net >> end
    before = EmptyOperator(task_id="before")
    with net:
        run(1) >> run(2)
        with vm as scope:
            BashOperator(task_id="probe", bash_command="probe")
            run.expand(n=[1, 2])
            scope.add_task(before)
    EmptyOperator(task_id="stop").as_teardown(setups=[vm]) >> EmptyOperator(task_id="after")
