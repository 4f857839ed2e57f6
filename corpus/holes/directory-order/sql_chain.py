# Airflow: the order of the chain is whatever the disk of the worker says; sorted() would have fixed it.
# A naive converter reads the folder on the developer's machine and writes that order.
import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

HERE = os.path.dirname(os.path.abspath(__file__))

with DAG("sql_chain", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    previous = None
    for name in os.listdir(os.path.join(HERE, "sql")):
        if not name.endswith(".sql"):
            continue
        task = AthenaOperator(
            task_id=os.path.splitext(name)[0],
            query=f"sql/{name}",
            database="core",
            output_location="s3://athena-results/",
        )
        if previous is not None:
            previous >> task
        previous = task
