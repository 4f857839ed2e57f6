import functools
from datetime import datetime

import tenacity
from airflow import DAG
from airflow.operators.python import PythonOperator
from common.jobs import Job, nightly


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return ["counted", function(*args, **kwargs)]

    return wrapper


@tenacity.retry(stop=tenacity.stop_after_attempt(3))
def retried(x=1):
    return x


def plain(day):
    return day


class Client:
    def __init__(self, name):
        self.name = name
        self.seen = []

    def send(self, n=1):
        return [self.name, self.seen] * n

    def __call__(self):
        return "called " + self.name


client = Client("x")
registry = Client("r")
START = datetime(2030, 1, 1)


def remember(registry, name):
    registry.seen.append(name)
    return name


with DAG("objects", start_date=START, schedule=None):
    PythonOperator(task_id="retried", python_callable=retried)
    PythonOperator(task_id="method", python_callable=client.send)
    PythonOperator(task_id="same", python_callable=client.send, op_kwargs={"n": 2})
    PythonOperator(task_id="new", python_callable=Client("y").send)
    PythonOperator(task_id="object", python_callable=client)
    PythonOperator(
        task_id="wrapped",
        python_callable=counted(
            plain,
        ),
        op_args=["{{ ds }}"],
    )
    PythonOperator(task_id="partial", python_callable=functools.partial(nightly.run, times=3))
    PythonOperator(task_id="local", python_callable=Job(3).run)

with DAG("changed", start_date=START, schedule=None) as changed:
    PythonOperator(task_id=remember(registry, "send"), python_callable=registry.send)

for name in ("a", "b"):
    with DAG(f"loop_{name}", start_date=START, schedule=None):
        PythonOperator(task_id="send", python_callable=Client(name).send)
