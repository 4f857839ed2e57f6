import os
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

SQL = Path(__file__).parent / "sql"

with DAG("sql_folder", start_date=datetime(2025, 1, 1), schedule="0 4 * * *", catchup=False) as dag:
    previous = None
    for path in sorted(SQL.glob("*.sql")):
        task = AthenaOperator(
            task_id=path.stem,
            query=path.read_text(),
            database="core",
            output_location=f"s3://athena-results/{path.stem.split('_', 1)[1]}/",
        )
        if previous:
            previous >> task
        previous = task
    count = len([f for f in sorted(os.listdir(SQL)) if f.endswith(".sql")])
    previous >> AthenaOperator(
        task_id="check", query=f"SELECT {count}", database="core", output_location="s3://athena-results/"
    )
