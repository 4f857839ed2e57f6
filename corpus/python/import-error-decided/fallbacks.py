from datetime import datetime

try:
    from airflow.operators.empty import EmptyOperator
except ImportError:
    from airflow.operators.dummy import DummyOperator as EmptyOperator

try:
    from airflow.sdk import DAG
except ModuleNotFoundError:
    from airflow import DAG

try:
    import tomllib
except ImportError:
    tomllib = None

try:
    from local_region import REGION
except ImportError:
    REGION = "us-east-1"

from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("fallbacks", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    start = EmptyOperator(task_id="start")
    start >> S3ListOperator(
        task_id="list_toml" if tomllib else "list", bucket=f"lake-{REGION}", prefix="in/"
    )
