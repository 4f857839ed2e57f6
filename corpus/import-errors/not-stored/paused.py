from datetime import datetime

from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("caught_up", start_date=datetime(2030, 1, 1), schedule="@daily", catchup=~False):
    EmptyOperator(task_id="wait")

with DAG("paused", start_date=datetime(2030, 1, 1), schedule="@daily", is_paused_upon_creation="yes"):
    EmptyOperator(task_id="wait")

with DAG("one_at_a_time", start_date=datetime(2030, 1, 1), schedule="@daily", max_active_runs=True):
    EmptyOperator(task_id="wait")

with DAG("plain", start_date=datetime(2030, 1, 1), schedule="@daily", catchup=None):
    EmptyOperator(task_id="wait")

with DAG("counted", start_date=datetime(2030, 1, 1), schedule="@daily", catchup=True) as counted:
    EmptyOperator(task_id="wait")

counted.catchup -= False
