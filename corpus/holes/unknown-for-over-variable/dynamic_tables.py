# Airflow: a task for each table of the JSON Variable.
# A naive converter sees nothing to iterate over, runs the body never (or once with a placeholder), and writes the rest.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

tables = Variable.get("tables", deserialize_json=True)

with DAG("dynamic_tables", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    begin = EmptyOperator(task_id="begin")
    end = EmptyOperator(task_id="end")
    begin >> end
    for t in tables:
        begin >> GlueJobOperator(task_id="load_" + t, job_name="load-" + t) >> end
