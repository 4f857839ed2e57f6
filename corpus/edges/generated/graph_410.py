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

with DAG('d410', start_date=datetime(2024, 1, 1), schedule=None) as dag:
    n1 = plain('a', y=1)
    n2 = EmptyOperator(task_id='n2')
    with TaskGroup('n3') as n3:
        with TaskGroup('n4') as n4:
            n5 = make()
            with n5:
                n1 >> n5
                n1 >> n5
                n1 >> n5
            n6 = EmptyOperator(task_id='n6')
            n7 = multi.override(task_id='same')(1)
            n8 = EmptyOperator(task_id='n8')
        n9 = PythonOperator(task_id='n9', python_callable=print, op_args=[n1], op_kwargs={'a': None})
        n1 >> n8 >> n9
    n10 = EmptyOperator(task_id='n10')
    n11 = multi(n1)
    n4 >> n10.output
    n12 = BashOperator(task_id='n12', bash_command={'k': n11, 'l': [n1]}, env=None)
    n13 = plain.override(task_id='same')({'k': n1, 'l': [n11]}, y='a')
