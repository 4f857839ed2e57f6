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

with DAG('d486', start_date=datetime(2024, 1, 1), schedule=None) as dag:
    n1 = EmptyOperator(task_id='n1')
    n2 = PythonOperator(task_id='n2', python_callable=print, op_args=[[1]], op_kwargs={'a': [1]})
    n3 = multi(1, y=[1])
    n4 = n3['a']
    n5 = make([1])
    with TaskGroup('n6', add_suffix_on_collision=True) as n6:
        n7 = EmptyOperator(task_id='n7')
        chain(n1, n4, n5)
    n8 = BashOperator(task_id='n8', bash_command=n4, env=None)
    with TaskGroup('n9', add_suffix_on_collision=True) as n9:
        n10 = PythonOperator(task_id='n10', python_callable=print, op_args=[(n4, 3)], op_kwargs={'a': [n3, n3]})
        n11 = PythonOperator(task_id='n11', python_callable=print, op_args=[[1]], op_kwargs={'a': n3})
        with TaskGroup('n12') as n12:
            n4 >> n11
            n5 >> n11
            n13 = EmptyOperator(task_id='n13')
            n5 >> Label('l0') >> [n10]
    with TaskGroup('n14', add_suffix_on_collision=True) as n14:
        n15 = PythonOperator(task_id='n15', python_callable=print, op_args=[[n4, n4]], op_kwargs={'a': n4})
        with TaskGroup('n16') as n16:
            n17 = EmptyOperator(task_id='n17')
            n18 = tg2.partial(y=n3).expand(x=n3)
            n19 = n2 >> n8 >> n10.output
            n20 = EmptyOperator(task_id='n20')
