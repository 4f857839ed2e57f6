# Airflow looks at the values of the module's names, not into lists or dicts: copy_crm and copy_erp do not exist for it.
# A naive converter writes a definition for each DAG() call it meets.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator

dags = []
by_name = {}
for system in ("crm", "erp"):
    dags.append(DAG(f"copy_{system}", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False))
    S3CopyObjectOperator(
        task_id="copy",
        source_bucket_key=f"s3://in/{system}.csv",
        dest_bucket_key=f"s3://out/{system}.csv",
        dag=dags[-1],
    )
    by_name[system] = dags[-1]

listed_main = DAG("listed_main", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
S3CopyObjectOperator(
    task_id="copy", source_bucket_key="s3://in/main.csv", dest_bucket_key="s3://out/main.csv", dag=listed_main
)
