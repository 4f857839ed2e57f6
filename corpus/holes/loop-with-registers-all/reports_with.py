# Airflow: each `with` registers its DAG, so all three are found.
# A converter that looks only at the module's names when the file ends loses two of them.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

for country in ["de", "fr", "us"]:
    with DAG(
        f"report_with_{country}", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False
    ) as dag:
        AthenaOperator(
            task_id="report",
            query=f"SELECT * FROM sales WHERE country = '{country}'",
            database="core",
            output_location="s3://athena-results/",
        )
