"""What Airflow 3.0.6 makes of this was dumped beside it."""
import pendulum
from airflow.sdk import dag, task, task_group, setup, teardown, Param
from airflow.providers.standard.operators.bash import BashOperator
@dag(schedule=None, start_date=pendulum.datetime(2024,1,1), params={"p": Param(3, type="integer")})
def flow(x: int = 5, y="s"):
    """Doc of flow."""
    @task
    def one(): return 1
    @task(multiple_outputs=True, retries=3)
    def two(a, b=None):
        """doc two"""
        return {"q": a}
    @task.branch(task_id="br")
    def three(z): return "one"
    @task.bash
    def sh(v): return f"echo {v}"
    o = one(); o2 = one(); o3 = one.override(task_id="uno", pool="p")()
    t = two(o, b=[o2, {"k": o3}])
    w = three(t["q"])
    s = sh(w)
    BashOperator(task_id="bash", bash_command=f"echo {t['q']} {x}" if False else "echo", env={"k": t["q"]})
    @task_group
    def tg(arg, d=1):
        "tip"
        a = one(); b = two(arg)
        a >> b
        return b
    r = tg(o); r2 = tg(r)
    r2 >> s
    @task_group(group_id="named", prefix_group_id=False)
    def tg2():
        one()
    g = tg2()
    o >> g
    @setup
    def su(): pass
    @teardown(on_failure_fail_dagrun=True)
    def td(): pass
    a, b = su(), td()
    a >> b
    with b:
        one() >> two(3)
    m = two.partial(b=3).expand(a=[1,2,3])
    m2 = one.override(task_id="consume")
    two.expand_kwargs([{"a": 1}, {"a": o}])
    BashOperator.partial(task_id="mapped", env={"x": o}).expand(bash_command=[o2, "b"])
    mm = two.expand(a=o.map(lambda v: v).zip(o2), b=o3)
flow()
