"""What Airflow 2.10.5 makes of this was dumped beside it."""
from airflow import DAG
from airflow.decorators import dag, task, task_group, setup, teardown
from airflow.utils.task_group import TaskGroup
from airflow.utils.edgemodifier import Label
from airflow.models.baseoperator import chain, chain_linear, cross_downstream, BaseOperator
from airflow.models.xcom_arg import XComArg
from airflow.models.param import Param
from airflow.sensors.base import BaseSensorOperator
from airflow.operators.empty import EmptyOperator as E
from airflow.operators.bash import BashOperator as B
from airflow.decorators.setup_teardown import context_wrapper
with DAG("st1", schedule_interval=None):
    s1, s2 = E(task_id="s1").as_setup(), E(task_id="s2").as_setup()
    t1, t2 = E(task_id="t1").as_teardown(setups=[s1]), E(task_id="t2").as_teardown(setups=[s1, s2])
    with context_wrapper([s1, s2]):
        a = E(task_id="a"); b = E(task_id="b")
        a >> b
    with context_wrapper([t1, t2]):
        c = E(task_id="c")
with DAG("st2", schedule_interval=None):
    @setup
    def su(): ...
    @teardown(on_failure_fail_dagrun=True)
    def td(): ...
    @task
    def w(v=None): ...
    @setup
    @task.bash
    def sb(): return "x"
    x, y = su(), td()
    x >> y
    with y as scope:
        k = w()
        m = w(k)
        scope.add_task(m)
    out = E(task_id="out")
    scope2 = sb()
    with scope2 >> out.as_teardown():
        w.override(task_id="inner")()
        with su.override(task_id="su2")() as sc:
            w()
with DAG("st3", schedule_interval=None):
    with TaskGroup("g") as g:
        s = E(task_id="s").as_setup(); w1 = E(task_id="w1"); w2 = E(task_id="w2"); d = E(task_id="d").as_teardown(setups=s)
        with d:
            w1 >> w2
        with s:
            E(task_id="w3")
        e = E(task_id="e").as_teardown()
        w2 >> e
    g >> E(task_id="z")
    [g] >> E(task_id="zz")
@dag("conf", schedule_interval=None, default_args={"owner": "dec"})
def some(a, b=2, *, c=3):
    t = B(task_id="t", bash_command="x", env={"a": a})
    @task
    def owner_task(owner, n=None): ...
    owner_task()
    return t
q = some(1, c=5)
@dag(schedule_interval=None)
def bare():
    E(task_id="t")
bare()
@dag(dag_id="given", description="d")
def notthis():
    "doc here"
    E(task_id="t")
for i in range(2):
    notthis()
