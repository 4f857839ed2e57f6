from datetime import datetime

from airflow import DAG

dag = DAG("CHANGE_ME", start_date=datetime(2025, 1, 1), schedule=None)
