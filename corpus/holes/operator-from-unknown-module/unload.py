# Airflow: UnloadToLakeOperator is a task like any other.
# A converter that treats it as an unknown call refuses too much; one that drops it loses a task and two edges.
from datetime import datetime

from acme_platform.operators import UnloadToLakeOperator
from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

with DAG("unload", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    refresh = RedshiftDataOperator(
        task_id="refresh", sql="REFRESH MATERIALIZED VIEW mart.sales", database="dwh", workgroup_name="etl"
    )
    unload = UnloadToLakeOperator(task_id="unload", table="mart.sales", bucket="acme-lake")
    crawl = GlueCrawlerOperator(task_id="crawl", config={"Name": "mart"})
    refresh >> unload >> crawl
