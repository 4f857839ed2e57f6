import os
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

with DAG(
    "files",
    start_date=datetime(2027, 1, 1),
    schedule="@daily",
    catchup=False,
    template_searchpath=[os.path.join(os.path.dirname(__file__), "shared")],
) as dag:
    RedshiftDataOperator(task_id="beside", database="d", sql="sql/orders.sql")
    RedshiftDataOperator(task_id="several", database="d", sql=["customers.sql", "SELECT 1", "sql/missing.sql"])
    AthenaOperator(task_id="above", query="../template-files/sql/orders.sql", database="d")
    AthenaOperator(task_id="included", query="{% include 'customers.sql' %}", database="d", output_location="s3://b/x.sql")
