from datetime import datetime

from airflow import DAG
from airflow.operators.dummy import DummyOperator
from airflow.operators.subdag import SubDagOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

DAG_NAME = 'parent_etl'
args = {'owner': 'etl', 'start_date': datetime(2025, 1, 1)}


def load_subdag(parent, child, args):
    subdag = DAG(dag_id=f'{parent}.{child}', default_args=args, schedule_interval='@daily', catchup=False)
    for table in ('a', 'b'):
        GlueJobOperator(task_id=f'load_{table}', job_name=table, dag=subdag)
    return subdag


with DAG(DAG_NAME, default_args=args, schedule_interval='@daily', catchup=False) as dag:
    start = DummyOperator(task_id='start')
    load = SubDagOperator(task_id='load', subdag=load_subdag(DAG_NAME, 'load', args))
    end = DummyOperator(task_id='end')
    start >> load >> end
