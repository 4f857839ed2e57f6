from airflow.models import DAG
from airflow.models.baseoperator import chain, cross_downstream
from airflow.operators.dummy import DummyOperator
from airflow.utils.dates import days_ago

with DAG('crossings', schedule_interval='@once', start_date=days_ago(2), tags=['legacy']) as dag:
    a = [DummyOperator(task_id=f'a{i}') for i in range(2)]
    b = [DummyOperator(task_id=f'b{i}') for i in range(3)]
    c = [DummyOperator(task_id=f'c{i}') for i in range(3)]
    last = DummyOperator(task_id='last')
    cross_downstream(from_tasks=a, to_tasks=b)
    chain(b, c, last)
    [a[0], b[0]] >> last << [a[1]]
