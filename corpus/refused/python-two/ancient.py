# -*- coding: utf-8 -*-
from datetime import datetime
from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator

dag = DAG('ancient', start_date=datetime(2016, 1, 1), schedule_interval='@daily')

try:
    import settings
except ImportError, e:
    print "no settings:", e

start = DummyOperator(task_id='start', dag=dag)
mode = 0755
