from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("orders", start_date=datetime(2026, 1, 1), schedule="@daily", catchup=False):
    BashOperator(task_id="day", bash_command="load {{ ds }} {{ ts_nodash }}")
    BashOperator(task_id="gone", bash_command="load {{ logical_date }} {{ macros.ds_add(ds, -1) }} {{ macros.ds_add(ds, 1) }}")
