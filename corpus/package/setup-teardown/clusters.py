from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, dag, setup, task, teardown

START = datetime(2026, 1, 1)
REGION = "eu-west-1"


class Cluster(BashOperator):
    """Echoes the name of a cluster."""

    def __init__(self, *, name, **kwargs):
        super().__init__(bash_command=f"echo {REGION}-{name}", **kwargs)


@dag(start_date=START, schedule=None)
def functions():
    @setup
    def create(size):
        return {"id": f"c-{size}", "region": REGION}

    @task
    def work(cluster):
        return cluster["id"].upper()

    @teardown(on_failure_fail_dagrun=True)
    def delete(cluster):
        return sorted(cluster)

    made = create(3)
    worked = work(made)
    made >> worked >> delete(made)


functions()

with DAG("in_groups", start_date=START, schedule=None):
    create = Cluster(task_id="create", name="a").as_setup()
    with TaskGroup("steps") as steps:
        pool = BashOperator(task_id="pool", bash_command="echo pool").as_setup()
        load = BashOperator(task_id="load", bash_command="echo load", trigger_rule="all_success")
        pool >> load >> EmptyOperator(task_id="drain").as_teardown(setups=pool)
    delete = Cluster(task_id="delete", name="a").as_teardown(setups=create, on_failure_fail_dagrun=False)
    create >> steps >> delete
    with create >> Cluster(task_id="delete_logs", name="logs").as_teardown():
        BashOperator(task_id="report", bash_command="echo report")

with DAG("broken_work", start_date=START, schedule=None):
    up = BashOperator(task_id="up", bash_command="echo up").as_setup()
    broken = BashOperator(task_id="broken", bash_command="exit 1")
    up >> broken >> BashOperator(task_id="down", bash_command="echo down").as_teardown(setups=up)

with DAG("broken_teardown", start_date=START, schedule=None):
    up = BashOperator(task_id="up", bash_command="echo up").as_setup()
    fine = BashOperator(task_id="fine", bash_command="echo fine")
    up >> fine >> BashOperator(task_id="down", bash_command="exit 1").as_teardown(setups=up, on_failure_fail_dagrun=True)

with DAG("forgiven_teardown", start_date=START, schedule=None):
    up = BashOperator(task_id="up", bash_command="echo up").as_setup()
    fine = BashOperator(task_id="fine", bash_command="echo fine")
    up >> fine >> BashOperator(task_id="down", bash_command="exit 1").as_teardown(setups=up)
