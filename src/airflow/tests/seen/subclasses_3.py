"""What Airflow 3.0.6 makes of this was dumped beside it."""
from airflow.sdk import DAG, BaseOperator, TaskGroup, task
from airflow.providers.standard.operators.empty import EmptyOperator as E
from airflow.providers.standard.operators.bash import BashOperator as B
class Mixin:
    def hello(self): return "h_" + self.task_id
class X(B, Mixin):
    template_fields = (*B.template_fields, "extra")
    def __init__(self, *, extra=None, flag=True, **kw):
        kw.setdefault("bash_command", "def")
        super().__init__(**kw)
        self.extra = extra
        if flag:
            self.doc_md = "flagged"
class Y(X):
    def __init__(self, n, **kw):
        super().__init__(task_id=f"y{n}", extra={"n": n}, **kw)
        self.n = n
class Z(E):
    pass
class W(BaseOperator):
    def __init__(self, sql: str, conn: str = "c", **kwargs) -> None:
        super().__init__(**kwargs)
        self.sql, self.conn = sql, conn
    def execute(self, context): ...
def factory(name, **kw):
    return X(task_id=name, **kw)
with DAG("adv5", schedule=None, default_args={"flag": False, "conn": "zz", "owner": "me"}) as d:
    a = factory("a"); b = factory("b", extra=a.output, flag=True)
    y = [Y(i, ) if False else Y(n=i) for i in range(2)]
    z = Z(task_id="z")
    a >> y >> z
    with TaskGroup("g"):
        w = W(task_id="w", sql="s")
        yy = Y(n=9)
    w << b
    assert w.conn == "zz" and w.sql == "s" and yy.task_id == "g.y9" and a.hello() == "h_a" and a.doc_md is None and b.doc_md == "flagged"
    assert y[0].bash_command == "def" and y[1].extra == {"n": 1}
    m = W.partial(task_id="m", conn="q").expand(sql=["a", "b"])
    mm = X.partial(task_id="mm").expand(extra=[a.output, b.output])
    m >> mm
    for c in (X, Z): c(task_id="c_" + c.__name__)
    ops = {"x": X, "z": Z}
    ops["z"](task_id="fromdict", trigger_rule="one_done")
