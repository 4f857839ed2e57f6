# Airflow reads the Variable while it imports the file, so the task `vacuum` exists or not depending on its value.
# A naive converter takes one of the two branches (or both) and writes a DAG that Airflow may never have had.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

RS = {"cluster_identifier": "dwh", "database": "dwh", "db_user": "etl"}

with DAG("warehouse_load", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    load = RedshiftDataOperator(task_id="load", sql="CALL etl.load('{{ ds }}')", **RS)
    publish = RedshiftDataOperator(task_id="publish", sql="CALL etl.publish('{{ ds }}')", **RS)

    if Variable.get("full_load") == "yes":
        vacuum = RedshiftDataOperator(task_id="vacuum", sql="VACUUM FULL", **RS)
        load >> vacuum >> publish
    else:
        load >> publish
