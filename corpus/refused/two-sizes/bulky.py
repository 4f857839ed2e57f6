from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

COLUMNS = [f"coalesce(t.measurement_{n:04d}, u.measurement_{n:04d}, 0) AS measurement_{n:04d}" for n in range(400)]

with DAG("bulky", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    for part in "ab":
        AthenaOperator(
            task_id=f"merge_{part}",
            query="SELECT\n    " + ",\n    ".join(COLUMNS) + f"\nFROM t_{part} t JOIN u_{part} u USING (id)",
            database="core",
            output_location="s3://athena-results/",
        )
