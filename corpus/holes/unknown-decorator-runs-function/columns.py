# Airflow: the decorator calls the function while the file is imported, and the list has two columns.
# A naive converter sees a function that nobody calls and writes one column.
from datetime import datetime

from acme_platform.defaults import column_provider
from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

COLUMNS = ["id"]


@column_provider
def sales_columns():
    COLUMNS.append("amount")


with DAG("columns", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    AthenaOperator(
        task_id="select",
        query="SELECT {} FROM sales".format(", ".join(COLUMNS)),
        database="core",
        output_location="s3://athena-results/",
    )
