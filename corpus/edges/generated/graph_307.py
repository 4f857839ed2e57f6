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

with DAG('d307', start_date=datetime(2024, 1, 1), schedule=None) as dag:
    with TaskGroup('n1') as n1:
        n2 = BashOperator(task_id='n2', bash_command='a', env=None)
        n3 = multi.override(trigger_rule='all_done')(1, y='a')
        n4 = n3['a']
    n5 = EmptyOperator(task_id='n5')
    n6 = plain({'k': n4, 'l': [n3]})
    n7 = plain.expand(x=[1, 2])
    n8 = tg2.partial(y=n4).expand(x=n7)
    n9 = EmptyOperator(task_id='n9')
    n10 = plain.override(trigger_rule='all_done')(f'{n3}', y=n4)
    n11 = EmptyOperator(task_id='n11').as_setup()
    n7 >> [n11, n8, n9]
    n12 = tg2([1])
    n13 = EmptyOperator(task_id='n13')
    with n11:
        n14 = EmptyOperator(task_id='n14')
        n15 = multi.override(trigger_rule='all_done')(y=n10)
        n16 = EmptyOperator(task_id='n16')
    chain(n4, n7, n13, n14)
    n17 = EmptyOperator(task_id='n17')
    n18 = EmptyOperator(task_id='n18')
    n19 = multi(y=n7)
    n20 = n19['a']
