from datetime import datetime

from airflow import DAG
from airflow.hooks.base import BaseHook
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

conn = BaseHook.get_connection("redshift_etl")

with DAG("from_connection", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    RedshiftDataOperator(
        task_id="copy",
        cluster_identifier="dwh",
        database=conn.schema,
        db_user=conn.login,
        sql="COPY t FROM 's3://in/' CREDENTIALS '%s'" % conn.password,
    )
