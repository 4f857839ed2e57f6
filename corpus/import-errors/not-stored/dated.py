from datetime import datetime

from airflow.sdk import DAG

with DAG("dated", description=datetime(2030, 1, 1), schedule=None):
    pass
