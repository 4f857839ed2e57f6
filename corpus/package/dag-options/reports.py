from datetime import datetime

import jinja2
from airflow.operators.bash import BashOperator
from airflow.sdk import DAG, dag, setup, task

BUCKET = "s3://lake"
START = datetime(2026, 1, 1)


def path(name, kind="csv"):
    return f"{BUCKET}/{name}.{kind}"


def shout(text):
    return text.upper()


with DAG(
    "macros",
    start_date=START,
    schedule=None,
    user_defined_macros={"path": path, "double": lambda number: number * 2, "regions": ["eu", "us"]},
    user_defined_filters={"shout": shout},
):
    BashOperator(task_id="echo", bash_command="echo {{ path('orders') }} {{ double(4) }} {{ regions | join('-') | shout }}")


@dag(start_date=START, schedule=None, fail_fast=True, owner_links={"data": "mailto:data@example.com"}, default_args={"owner": "data"})
def carried_by_a_setup():
    @setup
    def create(name):
        return shout(name)

    @task
    def work():
        return path("made", "json")

    create("{{ dag.fail_fast }}") >> work()


carried_by_a_setup()

with DAG(
    "lenient",
    start_date=START,
    schedule=None,
    template_undefined=jinja2.Undefined,
    jinja_environment_kwargs={"variable_start_string": "[[", "variable_end_string": "]]"},
    max_consecutive_failed_dag_runs=3,
):
    BashOperator(task_id="gaps", bash_command="echo '[[ nothing ]]' {{ kept }}")
