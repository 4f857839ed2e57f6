from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.task_group import TaskGroup

dag = DAG("given", start_date=datetime(2026, 1, 1), schedule=None)

with TaskGroup("g", dag=dag) as g:
    first = BashOperator(task_id="first", bash_command="echo first", dag=dag)
    second = BashOperator(task_id="second", bash_command="echo second")
    first >> second
