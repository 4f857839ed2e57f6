# Airflow: three DAGs are made, the name `dag` is bound to the last one when the file ends, so the others do not exist.
# A naive converter writes three definitions, two of which would run although they never ran in Airflow.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

for country in ["de", "fr", "us"]:
    dag = DAG(
        f"report_{country}",
        start_date=datetime(2025, 1, 1),
        schedule="@daily",
        catchup=False,
        default_args={"owner": country},
    )
    AthenaOperator(
        task_id="report",
        query=f"SELECT * FROM sales WHERE country = '{country}'",
        database="core",
        output_location="s3://athena-results/",
        dag=dag,
    )
