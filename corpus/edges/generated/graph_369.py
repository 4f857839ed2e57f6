from datetime import datetime
from airflow.sdk import DAG, Label, TaskGroup, XComArg, chain, chain_linear, cross_downstream, setup, task, task_group, teardown
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator

@task
def plain(x=None, y=None):
    return 1

@task(multiple_outputs=True)
def multi(x=None, y=None):
    return {'a': 1}

@task.branch
def br(x=None):
    return 'a'

@task.short_circuit
def sc(x=None):
    return True

@setup
def make(x=None):
    return 1

@teardown
def drop(x=None):
    return 1

@teardown(on_failure_fail_dagrun=True)
def drop2(x=None):
    return 1

@task_group
def tg(x=None):
    a = plain(x)
    b = EmptyOperator(task_id='e')
    a >> b
    return b

@task_group
def tg2(x=None, y=None):
    plain(x) >> plain(y)

@task_group(group_id='boxed', prefix_group_id=False)
def tg3(x):
    return multi(x)['a']

with DAG('d369', start_date=datetime(2024, 1, 1), schedule=None) as dag:
    n1 = tg2.expand(x=[1, 2])
    n2 = BashOperator(task_id='n2', bash_command='a', env=None)
    n3 = multi.override(task_id='same')(1)
    n4 = PythonOperator(task_id='n4', python_callable=print, op_args=[n3], op_kwargs={'a': XComArg(n2, key='k')})
    n5 = multi(y=n3)
    n6 = EmptyOperator(task_id='n6')
    n7 = make()
    with n7:
        with TaskGroup('n8') as n8:
            n9 = PythonOperator(task_id='n9', python_callable=print, op_args=[n5], op_kwargs={'a': n3})
            n10 = multi.override(trigger_rule='all_done')(y=n5)
            n11 = n10['a']
            n12 = tg(n5)
    n13 = PythonOperator(task_id='n13', python_callable=print, op_args=[n10], op_kwargs={'a': n2.output})
    n14 = EmptyOperator(task_id='n14')
    n15 = EmptyOperator(task_id='n15')
    n16 = multi.override(task_id='same')(y=n3)
    n17 = n16['a']
