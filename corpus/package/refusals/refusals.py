import os
from datetime import datetime

from airflow import DAG
from airflow.decorators import dag, task
from airflow.models import Variable
from airflow.operators.python import PythonOperator
from airflow.operators.bash import BashOperator

BUCKET = os.environ["BUCKET"] if "BUCKET" in os.environ else "none"
STAGE = os.getenv("STAGE", "dev")
REGION = Variable.get("region", default_var="eu")
SEEN = []


class Client:
    def __init__(self, name):
        self.name = name

    def send(self):
        return self.name


client = Client("a")


def uses_stage():
    return STAGE


def uses_region():
    return REGION


def uses_dag():
    return dag_.description


def uses_task():
    return first.owner


def uses_seen():
    return len(SEEN)


def looks_up(name):
    return globals()[name]


def fine():
    return os.environ.get("HOME")


def one(name, function):
    with DAG(name, start_date=datetime(2030, 1, 1), schedule=None) as made:
        SEEN.append(name)
        PythonOperator(task_id="a", python_callable=function)
    return made


d1 = one("reads_environment", uses_stage)
d2 = one("reads_variable", uses_region)
d3 = one("looks_up", looks_up)
d4 = one("changed_by_building", uses_seen)
d5 = one("bound_method", client.send)
d6 = one("fine", fine)

with DAG("uses_dag", start_date=datetime(2030, 1, 1), schedule=None) as dag_:
    first = PythonOperator(task_id="a", python_callable=uses_dag)
    PythonOperator(task_id="b", python_callable=uses_task)


@dag(start_date=datetime(2030, 1, 1), schedule=None)
def closes_over_result():
    @task
    def extract():
        return 1

    value = extract()

    @task
    def load():
        return value

    @task.branch
    def choose():
        return "load"

    value >> choose() >> load()


closes_over_result()
