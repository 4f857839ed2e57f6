//! What an undecided branch, or something unknown, could change: each of these could change `CONF`, so that the DAG which holds it
//! must not be written.

use dag_converter::convert::{Conversion, Converter, Options};
use dag_converter::target::Target;

const BEFORE: &str = r#"
import functools
from contextlib import contextmanager
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

CONF = {"a": 1}


def bump(*args, **kwargs):
    CONF["a"] = 2


"#;

const AFTER: &str = r#"
with DAG("held", start_date=datetime(2025, 1, 1), schedule=None):
    GlueJobOperator(task_id="run", job_name="run", script_args=CONF)
"#;

/// Ways to change `CONF`, or not.
const CASES: &[&str] = &[
    r#"p = functools.partial(bump, 1)
if Variable.get("x") == "1":
    p()"#,
    r#"@contextmanager
def ctx():
    bump()
    yield
if Variable.get("x") == "1":
    with ctx():
        pass"#,
    r#"@functools.lru_cache
def cached():
    bump()
if Variable.get("x") == "1":
    cached()"#,
    r#"HANDLERS = {"a": bump}
if Variable.get("x") == "1":
    HANDLERS[Variable.get("y")]()"#,
    r#"if Variable.get("x") == "1":
    for f in [bump]:
        f()"#,
    r#"class Ctx:
    def __enter__(self):
        bump()
    def __exit__(self, *a):
        pass
if Variable.get("x") == "1":
    with Ctx():
        pass"#,
    r#"class P:
    @property
    def go(self):
        bump()
        return 1
p = P()
if Variable.get("x") == "1":
    y = p.go"#,
    r#"class P:
    def __rshift__(self, other):
        bump()
p = P()
if Variable.get("x") == "1":
    p >> p"#,
    r#"if Variable.get("x") == "1":
    class A:
        CONF["b"] = 3"#,
    r#"from acme import register
register({"cb": bump})"#,
    r"from acme import register
register([functools.partial(bump)])",
    r#"class S:
    def __init__(self):
        bump()
K = {"s": S}
if Variable.get("x") == "1":
    K["s" + Variable.get("z")]()"#,
    r#"class S:
    @staticmethod
    def a():
        bump()
    @classmethod
    def b(cls):
        bump()
if Variable.get("x") == "1":
    S.b()"#,
    r#"class S:
    def run(self):
        return self.inner()
    def inner(self):
        bump()
if Variable.get("x") == "1":
    S().run()"#,
    r#"if Variable.get("x") == "1":
    def local():
        CONF["c"] = 1
    local()"#,
    r#"v = Variable.get("x") == "1" and bump()"#,
    r#"v = [bump() for q in Variable.get("x")]"#,
    r#"def gen():
    bump()
    yield 1
if Variable.get("x") == "1":
    list(gen())"#,
    r#"def deco(fn):
    bump()
    return fn
if Variable.get("x") == "1":
    @deco
    def z():
        pass"#,
    r#"class Meta:
    def __init_subclass__(cls, **k):
        bump()
if Variable.get("x") == "1":
    class Z(Meta):
        pass"#,
    r#"class R(dict):
    def add(self):
        CONF["z"] = 1
r = R()
if Variable.get("x") == "1":
    r.add()"#,
    r#"alias = CONF
def get(name): return globals()[name]
if Variable.get("x") == "1":
    get("alias")["q"] = 1"#,
    r#"class Box: pass
box = Box(); box.conf = CONF
def setit(b, *, k="a"):
    b.conf[k] = 9
if Variable.get("x") == "1":
    setit(box)"#,
    r#"items = [CONF]
if Variable.get("x") == "1":
    items[0].update(a=5)"#,
    r#"items = {"k": CONF}
if Variable.get("x") == "1":
    items.get("k").update(a=5)"#,
    r#"items = {"k": CONF}
if Variable.get("x") == "1":
    for k, v in items.items():
        v["n"] = 1"#,
    r#"items = {"k": CONF}
if Variable.get("x") == "1":
    c = next(iter(items.values()))
    c |= {"n": 1}"#,
    r#"items = {"k": CONF}
if Variable.get("x") == "1":
    (lambda d: d.update(x=1))(CONF)"#,
    r#"import operator
if Variable.get("x") == "1":
    operator.setitem(CONF, "a", 4)"#,
    r#"if Variable.get("x") == "1":
    dict.update(CONF, a=4)"#,
    r#"if Variable.get("x") == "1":
    setattr(CONF, "a", 4); CONF.__setitem__("a", 5)"#,
    r#"if Variable.get("x") == "1":
    list(map(CONF.__delitem__, ["a"]))"#,
    r#"f = CONF.update
if Variable.get("x") == "1":
    f(a=7)"#,
    r"f = CONF.update
from acme import call
call(f)",
    r#"while Variable.get("x") == "1":
    CONF["w"] = 1
    break"#,
    r#"match Variable.get("x"):
    case "1":
        CONF["w"] = 1"#,
    r#"try:
    int(Variable.get("x"))
except ValueError:
    CONF["e"] = 1"#,
    r"try:
    from acme import thing
except ImportError:
    bump()",
    r#"assert Variable.get("x") or bump()"#,
    r#"def f(flag):
    if flag: return
    bump()
f(Variable.get("x") == "1")"#,
    r#"def f(items):
    for i in items:
        if i == Variable.get("x"):
            return 1
    bump()
f([1,2])"#,
    r#"if Variable.get("x") == "1":
    list(map(lambda d: d.update(x=1), [CONF]))"#,
    r#"if Variable.get("x") == "1":
    list(map(lambda d: bump(), [1]))"#,
    r#"if Variable.get("x") == "1":
    def loc(d): d["x"] = 1
    loc(CONF)"#,
    r#"def g():
    bump()
    yield 1
it = g()
if Variable.get("x") == "1":
    list(it)"#,
    r#"it = map(bump, [1])
if Variable.get("x") == "1":
    list(it)"#,
    r#"class N:
    def __init__(self, v): self.v = v
n = N(CONF)
if Variable.get("x") == "1":
    n.v["a"] = 7"#,
    r#"class N:
    def __init__(self, v): self.v = v
    def get(self): return self.v
n = N(CONF)
if Variable.get("x") == "1":
    n.get()["a"] = 7"#,
    r#"class N:
    def __init__(self, v): self.v = v
    def __getitem__(self, k): return self.v
n = N(CONF)
if Variable.get("x") == "1":
    n[0]["a"] = 7"#,
    r#"def outer():
    def inner():
        bump()
    return inner
if Variable.get("x") == "1":
    outer()()"#,
    r#"def outer():
    def inner():
        bump()
    return inner
fn = outer()
if Variable.get("x") == "1":
    fn()"#,
    r#"def choose(flag):
    return bump if flag else print
if Variable.get("x") == "1":
    choose(True)()"#,
    r#"a = b = CONF
if Variable.get("x") == "1":
    a, b = b, {}
    a["z"] = 1"#,
    r#"if Variable.get("x") == "1":
    q = CONF
    q["z"] = 1"#,
    r#"if Variable.get("x") == "1":
    q = {"c": CONF}
    q["c"]["z"] = 1"#,
    r#"if Variable.get("x") == "1":
    q = [CONF]
    for z in q:
        z["z"] = 1"#,
    r#"if Variable.get("x") == "1":
    del CONF["a"]"#,
    r#"if Variable.get("x") == "1":
    CONF.clear()"#,
    r#"import copy
if Variable.get("x") == "1":
    q = copy.copy({"c": CONF})
    q["c"]["z"] = 1"#,
    r#"if Variable.get("x") == "1":
    [CONF.__setitem__(i, i) for i in range(2)]"#,
    r#"if (y := Variable.get("x")) == "1":
    CONF["q"] = y"#,
    r#"x = Variable.get("x")
x and CONF.update(q=1)"#,
    r#"x = Variable.get("x")
CONF.update(q=1) if x else None"#,
    r#"x = Variable.get("x")
CONF.update(x)"#,
    r#"x = Variable.get("x")
CONF[x] = 1"#,
    r#"import json
x = json.loads(Variable.get("x"))
for k in x:
    CONF[k] = 1"#,
    r#"x = Variable.get("x")
for i in range(int(x)):
    CONF["k"] = i"#,
    r#"x = Variable.get("x")
try:
    y = {"a": 1}[x]
except KeyError:
    CONF["k"] = 1"#,
    r#"x = Variable.get("x")
def f():
    try:
        return int(x)
    except ValueError:
        bump()
f()"#,
    r#"x = Variable.get("x")
try:
    if x == "1":
        raise ValueError
except ValueError:
    CONF["k"] = 1"#,
    r#"x = Variable.get("x")
def check():
    if x == "1":
        raise ValueError
try:
    check()
    CONF["ok"] = 1
except ValueError:
    CONF["k"] = 1"#,
    r#"x = Variable.get("x")
def check():
    assert x == "1"
try:
    check()
except AssertionError:
    CONF["k"] = 1"#,
    r#"from contextlib import suppress
x = Variable.get("x")
with suppress(ValueError):
    if x == "1":
        raise ValueError
    CONF["k"] = 1"#,
    r#"from contextlib import suppress
x = Variable.get("x")
with suppress(ValueError):
    int(x)
    CONF["k"] = 1"#,
    r#"x = Variable.get("x")
def f():
    if x == "1":
        if Variable.get("y"):
            return
        raise ValueError
    bump()
f()"#,
];

/// Code of which nothing reaches `CONF`, though something in it is unknown.
const HARMLESS: &[&str] = &[
    r#"if Variable.get("x") == "1":
    print(CONF, len(CONF), CONF.get("a"))"#,
    r#"OTHER = {}
if Variable.get("x") == "1":
    OTHER["a"] = CONF["a"]"#,
    r#"def f(d):
    return d["a"]
if Variable.get("x") == "1":
    y = f(CONF)"#,
    r#"if Variable.get("x") == "1":
    raise ValueError("no")"#,
];

/// Ways to add to the DAG, or to lose it.
const BUILDING: &[&str] = &[
    r#"from acme import register
if Variable.get("x") == "1":
    register(dag)"#,
    r#"def first():
    return a
def second():
    return b
def link():
    first() >> second()
if Variable.get("x") == "1":
    link()"#,
    r#"def get_dag():
    return dag
if Variable.get("x") == "1":
    GlueJobOperator(task_id="c", job_name="c", dag=get_dag())"#,
    r#"if Variable.get("x") == "1":
    GlueJobOperator(task_id="c", job_name="c", dag=globals()["da" + "g"])"#,
    r"from acme import wrap
dag = wrap(dag)",
    r#"if Variable.get("x") == "1":
    for task in [a, b][1:]:
        task.retries = 4"#,
    r#"tasks = [a, b]
if Variable.get("x") == "1":
    for first, second in zip(tasks, tasks[1:]):
        first >> second"#,
    r#"if Variable.get("x") == "1":
    del dag"#,
    r"from acme import *",
    r#"late = {}
GlueJobOperator(task_id="c", job_name="c", script_args=late, dag=dag)
late["a"] = 1"#,
];

/// The text of a file whose DAG holds `CONF`.
fn holding(code: &str) -> String {
    format!("{BEFORE}{code}\n{AFTER}")
}

/// The text of a file that does something with a DAG of two tasks.
fn building(code: &str) -> String {
    let dag = r#"
dag = DAG("built", start_date=datetime(2025, 1, 1), schedule=None)
a = GlueJobOperator(task_id="a", job_name="a", dag=dag)
b = GlueJobOperator(task_id="b", job_name="b", dag=dag)
"#;
    format!("{BEFORE}{dag}{code}\n")
}

fn convert(text: &str) -> Conversion {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("held.py");
    std::fs::write(&file, text).expect("a file");
    let target = Target::by_name("dag-factory").expect("a target");
    let now = "2026-01-15T00:00:00Z".parse().expect("an instant");
    let converter = Converter::new(Options::new(target, now));
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let work = || converter.convert_file(folder.path(), &file);
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic")
    })
}

#[test]
fn what_may_have_changed_is_not_written() {
    let written: Vec<&str> =
        CASES.iter().copied().filter(|code| !convert(&holding(code)).definitions.is_empty()).collect();
    assert!(written.is_empty(), "{} are written:\n\n{}", written.len(), written.join("\n\n"));
}

#[test]
fn a_dag_that_may_be_another_is_not_written() {
    for code in BUILDING {
        let conversion = convert(&building(code));
        assert!(conversion.definitions.is_empty(), "this is written:\n\n{code}");
        let named = |id: &Option<String>| id.as_deref() == Some("built");
        let said = conversion.diagnostics.iter().any(|finding| finding.is_error() && named(&finding.dag_id));
        assert!(said, "nothing is said of the DAG:\n\n{code}");
    }
    assert_eq!(convert(&building("")).definitions.len(), 1);
}

#[test]
fn what_nothing_reaches_is_written() {
    let lost: Vec<&str> =
        HARMLESS.iter().copied().filter(|code| convert(&holding(code)).definitions.is_empty()).collect();
    assert!(lost.is_empty(), "{} are refused:\n\n{}", lost.len(), lost.join("\n\n"));
}
