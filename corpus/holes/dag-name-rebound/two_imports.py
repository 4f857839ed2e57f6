# Airflow: `dag` names the second DAG when the file ends; nothing else holds the first.
# A naive converter writes first_import as well. It has tasks, so a warning is due.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

RS = dict(cluster_identifier="dwh", database="dwh", db_user="etl")

dag = DAG(dag_id="first_import", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
a = RedshiftDataOperator(task_id="import", sql="CALL import_first()", dag=dag, **RS)

dag = DAG(dag_id="second_import", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
b = RedshiftDataOperator(task_id="import", sql="CALL import_second()", dag=dag, **RS)
