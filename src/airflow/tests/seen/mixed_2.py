"""What Airflow 2.10.5 makes of this was dumped beside it."""
from datetime import datetime, timedelta
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
from airflow.operators.python import PythonOperator as P
d1 = DAG("adv1", schedule_interval=None, default_args={"retries": 3, "params": {"q": 1}}, params={"z": Param(1, type="integer"), "q": 0})
d2 = DAG("adv2", schedule_interval=None)
with d1:
    a = E(task_id="a")
with d2:
    a2 = E(task_id="a")
    inner = E(task_id="inner", dag=d1)
with d1:
    b = E(task_id="b", params={"w": 2})
    a >> b
tg = TaskGroup("tg", dag=d1)
x = E(task_id="x", task_group=tg, dag=d1)
y = E(task_id="y", dag=d1)
with tg:
    z = E(task_id="z", dag=d1)
with d1:
    with tg:
        w = E(task_id="w")
x >> [y, z] >> w
loose = E(task_id="loose")
d1.add_task(loose)
l2 = E(task_id="l2")
l2.dag = d2
l3 = E(task_id="l3")
l2 << l3
d1.set_dependency("a", "loose")
@d1.task
def deco(v=1): return v
@d1.task(task_id="named", retries=0)
def deco2(v): return v
r = deco2(deco())
[r, loose] >> y
r >> Label("k") >> [w, z]
with DAG("adv3", schedule_interval=None) as d3:
    @task
    def f(a=None, b=None): return 1
    m = f.override(task_id="mm").partial(b=2).expand(a=[f(), f()])
    with TaskGroup("g") as g:
        n = B.partial(task_id="n", env={"X": m}).expand(bash_command=f.override(task_id="cmds")())
        k = f(n.output)
    @task_group(default_args={"retries": 7})
    def grp(v, k=1):
        o = f(v)
        with TaskGroup("sub"):
            q = f(o)
        return {"o": o, "q": q}
    out = grp(m)
    out["q"] >> f(out["o"])
    grp.override(group_id="other").partial(k=2).expand(v=f.expand(a=[1, 2]))
    last = f(m.map(lambda t: t))
    g >> last
    chain(f(), [f(), f()], g)
    P(task_id="p", python_callable=f.function, op_args=[last, m.zip(out["o"])], op_kwargs={"k": {"z": [k]}})
with DAG("adv4", schedule_interval=None) as d4:
    ts = [E(task_id=f"t{i}") for i in range(6)]
    ts[0].set_downstream([ts[1], ts[2]])
    ts[3] << [ts[1], ts[2]] << ts[4] if False else None
    ts[3] << ts[1] << ts[4]
    (ts[0], ts[1]) >> ts[5]
    e = E(task_id="e")
    with TaskGroup("A") as A:
        with TaskGroup("B") as Bg:
            b1, b2 = E(task_id="b1"), E(task_id="b2")
            b1 >> b2
        c1 = E(task_id="c1")
        Bg >> c1
    with TaskGroup("C") as C:
        with TaskGroup("D") as D:
            pass
        with TaskGroup("F") as F:
            f1 = E(task_id="f1")
    e >> A >> C >> E(task_id="fin")
    D >> E(task_id="afterD")
    ts[5] >> Label("p") >> A
    A << Label("r") << ts[2]
    Bg >> Label("q") >> F
