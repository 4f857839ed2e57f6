from datetime import date, datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.bash import BashOperator

with DAG("day", start_date=datetime(2026, 1, 1), schedule=None, params={"day": Param(date(2026, 1, 1)), "full": False}):
    BashOperator(task_id="a", bash_command="run {{ params.day }}")
