from __future__ import print_function

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python_operator import PythonOperator

value_1 = [1, 2, 3]


def push(**kwargs):
    """Pushes an XCom without a specific target"""
    kwargs['ti'].xcom_push(key='value from pusher 1', value=value_1)


def puller(**kwargs):
    ti = kwargs['ti']
    return ti.xcom_pull(key=None, task_ids='push')


args = {
    'owner': 'airflow',
    'start_date': datetime(2019, 1, 1),
    'retries': 1,
    'retry_delay': timedelta(seconds=10),
}

dag = DAG('push_pull', schedule_interval='@once', default_args=args, concurrency=3, catchup=False)

push1 = PythonOperator(task_id='push', dag=dag, python_callable=push, provide_context=True)
pull = PythonOperator(task_id='puller', dag=dag, python_callable=puller, provide_context=True)

pull << push1
