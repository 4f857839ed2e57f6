from datetime import datetime

from airflow import DAG
from airflow.operators.dummy import DummyOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

from lake_datasets import ORDERS, dataset

with DAG("dataset_producer", start_date=datetime(2025, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    GlueJobOperator(task_id="orders", job_name="orders", outlets=ORDERS)
    GlueJobOperator(task_id="users", job_name="users", outlets=[dataset("users")])

with DAG("dataset_consumer", start_date=datetime(2025, 1, 1), schedule=[ORDERS, dataset("users")], catchup=False):
    DummyOperator(task_id="go") >> GlueJobOperator(task_id="join", job_name="join", inlets=[ORDERS])
