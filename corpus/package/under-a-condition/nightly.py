"""DAGs that are made under conditions."""

from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.python import PythonOperator

ENABLED = True

if not ENABLED:
    print("switched off")
else:
    with DAG("nightly", start_date=datetime(2031, 1, 1), schedule=None) as dag:
        tables = ["orders", "refunds"]

        def count(prefix):
            return [prefix + table for table in tables]

        first = PythonOperator(task_id="first", python_callable=count, op_args=["raw_"])
        last = PythonOperator(task_id="last", python_callable=lambda: len(tables))
        first >> last

# What the other branch binds would be taken along too, and `step` would be 1.
limit = 3
if limit > 2:
    with DAG("limited", start_date=datetime(2031, 1, 1), schedule=None):
        step = 2
        PythonOperator(task_id="only", python_callable=lambda: limit * step)
else:
    step = 1

if limit > 1:
    with DAG("plain", start_date=datetime(2031, 1, 1), schedule=None):
        PythonOperator(task_id="only", python_callable=lambda: limit + 1)
