from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.hooks.redshift_sql import RedshiftSQLHook
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

hook = RedshiftSQLHook(redshift_conn_id="redshift_meta")
rows = hook.get_records("SELECT schema_name, table_name FROM meta.tables WHERE active")

with DAG("from_database", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    previous = None
    for schema, table in rows:
        task = RedshiftDataOperator(
            task_id=f"vacuum_{schema}_{table}",
            database="dwh",
            cluster_identifier="dwh",
            sql=f"VACUUM {schema}.{table}",
        )
        if previous:
            previous >> task
        previous = task
