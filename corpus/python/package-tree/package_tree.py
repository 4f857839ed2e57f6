from airflow import DAG
from datetime import datetime
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from main_mod import out
with DAG("package_tree", schedule=None, start_date=datetime(2030,1,1)):
    for i,(n, v) in enumerate(out):
        GlueJobOperator(task_id=f"t{i}", job_name=f"{n} = {v}")
