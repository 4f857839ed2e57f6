from datetime import datetime

from airflow import DAG

with DAG("forever", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    n = 0
    while True:
        n += 1
