import getpass
import os
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.transfers.local_to_s3 import LocalFilesystemToS3Operator

HERE = Path(__file__).resolve().parent

with DAG(HERE.parts[-2] + "_located", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    AthenaOperator(
        task_id="inline",
        query=(HERE / "q" / "top.sql").read_text(),
        database="core",
        output_location="s3://athena-results/",
    )
    LocalFilesystemToS3Operator(
        task_id="ship", filename=str(HERE / "q" / "top.sql"), dest_key="s3://ship/top.sql", replace=True
    )

with DAG("by_whom", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    AthenaOperator(
        task_id="who",
        query=f"SELECT '{getpass.getuser()}', '{os.getcwd()}'",
        database="core",
        output_location="s3://athena-results/",
    )
