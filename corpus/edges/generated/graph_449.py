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

with DAG('d449', start_date=datetime(2024, 1, 1), schedule=None) as dag:
    n1 = plain.override(trigger_rule='all_done')(None, y=1)
    n2 = EmptyOperator(task_id='n2')
    n3 = EmptyOperator(task_id='n3')
    n4 = EmptyOperator(task_id='n4')
    n5 = multi.override(task_id='same')([n1, n1], y='a')
    n6 = n5['a']
    n1.set_downstream(n2)
    n7 = make()
    with n7:
        n8 = tg2.partial(y=n5).expand(x=n5)
        n9 = EmptyOperator(task_id='n9')
        n10 = EmptyOperator(task_id='n10')
        n11 = multi(y=XComArg(n2, key='k'))
    with TaskGroup('n12') as n12:
        with TaskGroup('n13', prefix_group_id=False) as n13:
            n14 = plain.override(task_id='n14')({'k': n1, 'l': [n11]})
            n9 >> n10 >> Label('l1') >> n11
            list(dag.tasks)[0] >> EmptyOperator(task_id='n17')
            with TaskGroup('n18') as n18:
                n19 = n2.output >> n10 >> n11
    n20 = EmptyOperator(task_id='n20')
