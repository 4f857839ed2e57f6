from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.python import PythonOperator
from common.clean import Cleaner, clean

PREFIX = ">"


def greet(greeting, name, mark="."):
    return f"{PREFIX} {greeting}, {name}{mark}"


def make_loader(table, columns, size=10):
    import json

    def quote(name):
        return '"' + name + '"'

    def load(limit=size):
        return json.dumps({"table": quote(table), "columns": [quote(c) for c in columns], "limit": limit})

    return load


class Steps:
    factor = 2

    @staticmethod
    def double(x):
        return x * Steps.factor

    @classmethod
    def triple(cls, x):
        return x * (cls.factor + 1)


with DAG("forms", start_date=datetime(2030, 1, 1), schedule=None):
    for table in ("orders", "returns"):
        PythonOperator(task_id=f"load_{table}", python_callable=make_loader(table, ["id", f"{table}_at"]))
        PythonOperator(task_id=f"late_{table}", python_callable=lambda name=table: f"{PREFIX}{name}")
    PythonOperator(task_id="lambda", python_callable=lambda: PREFIX * 3)
    PythonOperator(task_id="partial", python_callable=partial(greet, "hello", mark="!"), op_args=["{{ ds }}"])
    PythonOperator(task_id="static", python_callable=Steps.double, op_args=[4])
    PythonOperator(task_id="class", python_callable=Steps.triple, op_args=[4])
    PythonOperator(task_id="clean", python_callable=clean, op_args=[" # Text "])
    PythonOperator(task_id="strip", python_callable=Cleaner.strip, op_args=["# a"])
