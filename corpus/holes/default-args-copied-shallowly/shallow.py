# Airflow: DAG() copies default_args, not what is in it.
# A converter that keeps the dict writes retries: 5; one that copies deeply writes one address.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

default_args = {"owner": "data-eng", "retries": 1, "email": ["a@example.com"]}

dag = DAG("shallow", default_args=default_args, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)

default_args["retries"] = 5
default_args["email"].append("b@example.com")

GlueJobOperator(task_id="crunch", job_name="crunch", dag=dag)
