"""What Airflow 3.0.6 makes of this was dumped beside it."""
from airflow.sdk import DAG, task, setup, teardown, TaskGroup
from airflow.providers.standard.operators.empty import EmptyOperator as E
with DAG("s1", schedule=None):
    s = E(task_id="s").as_setup(); t = E(task_id="t"); d = E(task_id="d").as_teardown(setups=s)
    s >> t >> d
with DAG("s2", schedule=None):
    s = E(task_id="s"); d = E(task_id="d")
    with d.as_teardown(setups=s):
        w = E(task_id="w"); w2 = E(task_id="w2"); w >> w2; E(task_id="w3")
with DAG("s3", schedule=None):
    with TaskGroup("g") as g:
        s = E(task_id="s").as_setup(); w = E(task_id="w"); d = E(task_id="d").as_teardown(setups=s)
        s >> w >> d
    z = E(task_id="z")
    g >> z
with DAG("s4", schedule=None):
    s1 = E(task_id="s1").as_setup(); s2 = E(task_id="s2").as_setup(); d1 = E(task_id="d1").as_teardown(); d2=E(task_id="d2").as_teardown()
    with s1 >> d1:
        a = E(task_id="a")
        with s2 >> d2:
            b = E(task_id="b"); c=E(task_id="c")
            b >> c
        e = E(task_id="e")
with DAG("s5", schedule=None):
    @setup
    def su(): ...
    @teardown
    def td(): ...
    @task
    def w(): ...
    with su() as scope:
        x = w()
        y = w()
        x >> y
    k = E(task_id="k")
    scope.add_task if False else None
