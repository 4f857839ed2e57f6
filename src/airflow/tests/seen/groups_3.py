"""What Airflow 3.0.6 makes of this was dumped beside it."""
import datetime
from airflow.sdk import DAG, TaskGroup, Label, chain, chain_linear, cross_downstream, task, task_group, XComArg
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.bash import BashOperator
E_ = EmptyOperator
with DAG("g1", schedule=None) as dag:
    s = E_(task_id="s")
    with TaskGroup("a") as a:
        a1 = E_(task_id="a1"); a2 = E_(task_id="a2")
    c = E_(task_id="c")
    c >> a
    a1 >> a2
    with TaskGroup("b", prefix_group_id=False) as b:
        b1 = E_(task_id="b1")
        with TaskGroup("n") as n:
            n1 = E_(task_id="n1")
    with TaskGroup("empty") as empty:
        pass
    s >> empty >> b
    a >> Label("lab") >> n1
    s >> Label("x") >> [c, b1]
    n1 << Label("q") << s
    x = [s, c] >> E_(task_id="fin")
    x << [b1]
    [a, b] >> E_(task_id="fin2")
    s.set_downstream([a, n])
    b.set_upstream(c)
with DAG("g2", schedule=None):
    t = [E_(task_id=f"t{i}") for i in range(8)]
    chain(t[0], [t[1], t[2]], [t[3], t[4]], t[5])
    cross_downstream([t[0], t[1]], [t[6], t[7]])
    chain(t[5], Label("z"), t[6])
with DAG("g3", schedule=None):
    t = [E_(task_id=f"t{i}") for i in range(8)]
    chain_linear(t[0], [t[1], t[2]], [t[3], t[4], t[5]], t[6])
    with TaskGroup("g"):
        u = E_(task_id="u")
    try:
        TaskGroup("g")
    except Exception as e:
        print("dup", e)
    with TaskGroup("g", add_suffix_on_collision=True):
        v = E_(task_id="v")
    u >> v
