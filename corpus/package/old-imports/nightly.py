from datetime import datetime

from airflow import DAG
from airflow.hooks.base_hook import BaseHook
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.dates import days_ago
from airflow.utils.weekday import WeekDay
from common.storage import hook_name


class Marker(DummyOperator):
    def execute(self, context):
        return "marked"


def names():
    from airflow.contrib.hooks.aws_hook import AwsHook as Hook, AwsBaseHook

    return BaseHook.__name__, issubclass(Hook, BaseHook), AwsBaseHook.__name__


def yesterday():
    return str(days_ago(1))


def monday():
    return WeekDay.MONDAY.name


with DAG("nightly", start_date=datetime(2030, 1, 1), schedule_interval=None):
    Marker(task_id="mark")
    PythonOperator(task_id="names", python_callable=names)
    PythonOperator(task_id="hook", python_callable=hook_name)

with DAG("gone", start_date=datetime(2030, 1, 1), schedule_interval=None):
    PythonOperator(task_id="yesterday", python_callable=yesterday)
    PythonOperator(task_id="monday", python_callable=monday)
