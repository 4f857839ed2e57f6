import os, json
CONFIG = {"jobs": [{"name": "a", "deps": []}, {"name": "b", "deps": ["a"], "cron": "0 1 * * *"}], "defaults": {"retries": 2, "env": {"X": "1"}}}
def merge(a, b):
    out = dict(a)
    for k, v in b.items():
        if isinstance(v, dict) and isinstance(out.get(k), dict): out[k] = merge(out[k], v)
        else: out[k] = v
    return out
class Job:
    registry = {}
    def __init__(self, name, deps=(), cron=None, **opts):
        self.name, self.deps, self.cron = name, list(deps), cron
        self.opts = merge(CONFIG["defaults"], opts)
        Job.registry[name] = self
    @property
    def id(self): return self.name.replace("-", "_").lower()
    def __rshift__(self, o): o.deps.append(self.name); return o
    def __repr__(self): return f"Job({self.name!r}, deps={self.deps})"
jobs = [Job(**j) for j in CONFIG["jobs"]]
c = Job("c-X", env={"Y": "2"})
jobs[1] >> c
order = sorted(Job.registry.values(), key=lambda j: (len(j.deps), j.name))
{j.id: j.opts for j in order}, [str(j) for j in order], c.deps, json.dumps(c.opts, sort_keys=True), next((j for j in jobs if j.cron), None), any(j.cron for j in jobs), {d for j in jobs for d in j.deps}

from datetime import datetime, timedelta
def daterange(a, b):
    while a < b:
        yield a
        a += timedelta(days=1)
[d.strftime("%Y%m%d") for d in daterange(datetime(2024, 2, 27), datetime(2024, 3, 2))], [f"{d:%a}" for d in daterange(datetime(2024, 1, 1), datetime(2024, 1, 4))]

class Builder:
    def __init__(self): self.parts = []
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        def add(*a, **k):
            self.parts.append((name, a, k))
            return self
        return add
b = Builder().select("a", "b").where(x=1).limit(10)
b.parts, hasattr(b, "anything"), hasattr(b, "__len__")

SQL = """
SELECT {cols}
FROM {{{{ params.t }}}}
WHERE ds = '{{{{ ds }}}}' {extra}
"""
SQL.format(cols=", ".join(f"`{c}`" for c in ["a", "b"]), extra="AND x" if True else "").strip().splitlines()

tasks = {}
for env in ("dev", "prod"):
    for i, t in enumerate(["x", "y"], 1):
        key = f"{env}_{t}"
        tasks[key] = {"idx": i, "up": [k for k in tasks if k.startswith(env)], "fn": (lambda e=env, t=t: f"{e}/{t}")}
{k: (v["idx"], v["up"], v["fn"]()) for k, v in tasks.items()}

class Registry(dict):
    def register(self, name=None):
        def deco(f):
            self[name or f.__name__] = f
            return f
        return deco
R = Registry()
@R.register()
def a(): return 1
@R.register("bee")
def b(): return 2
list(R), {k: f() for k, f in R.items()}, R["bee"] is b

def retry(times=3):
    def outer(fn):
        import functools
        @functools.wraps(fn)
        def inner(*a, **k):
            last = None
            for i in range(times):
                try: return fn(*a, attempt=i, **k)
                except ValueError as e: last = e
            raise last
        return inner
    return outer
@retry(times=2)
def f(x, attempt):
    if attempt < 1: raise ValueError("no")
    return x + attempt
f(1), f.__name__

@(lambda f: f)
def g(): return "g"
g(), (lambda: None)() is None

from collections import defaultdict, OrderedDict
groups = defaultdict(lambda: defaultdict(list))
for a, b, c in [("x", 1, "p"), ("x", 2, "q"), ("y", 1, "r"), ("x", 1, "s")]: groups[a][b].append(c)
{k: dict(v) for k, v in groups.items()}, list(groups["x"]), "z" in groups, len(groups["nope"])

import itertools
rows = [("a", 1), ("b", 2), ("a", 3)]
{k: [v for _, v in g] for k, g in itertools.groupby(sorted(rows), key=lambda r: r[0])}, dict(itertools.chain({"a": 1}.items(), {"b": 2}.items())), list(itertools.islice((x * x for x in itertools.count(1)), 4))

class Stage:
    order = 0
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        cls.name = name or cls.__name__.lower()
        Stage.order += 1
        cls.pos = Stage.order
    def __lt__(self, o): return self.pos < o.pos
    def __repr__(self): return f"<{self.name}:{self.pos}>"
class Load(Stage, name="load"): pass
class Clean(Stage): pass
sorted([Clean(), Load()]), [s.name for s in Stage.__subclasses__()] if False else 0

def parse(s):
    match s.split(":"):
        case ["s3", path]: return ("s3", path.strip("/"))
        case [scheme, *rest] if scheme in {"gs", "abfs"}: return (scheme, ":".join(rest))
        case [only]: return ("local", only)
        case _: return None
parse("s3://b/k"), parse("gs:x:y"), parse("plain"), parse("ftp:z")

x = [1, 2, 3, 4, 5, 6]
[x[i:i + 4] for i in range(0, len(x), 4)], x[-2:], x[::-2], [*x[:2], *x[4:]], sum(x[1::2]), dict(zip("abc", x)), list(map(lambda p: p[0] * p[1], zip(x, x[1:])))

def walk(node, path=()):
    if isinstance(node, dict):
        for k, v in node.items(): yield from walk(v, path + (k,))
    elif isinstance(node, list):
        for i, v in enumerate(node): yield from walk(v, (*path, i))
    else: yield ".".join(map(str, path)), node
dict(walk({"a": {"b": [1, {"c": 2}]}, "d": None}))

class Ctx:
    stack = []
    def __enter__(self): Ctx.stack.append(self); return self
    def __exit__(self, *e): Ctx.stack.pop()
    @classmethod
    def current(cls): return cls.stack[-1] if cls.stack else None
with Ctx() as a:
    with Ctx() as b: inner = Ctx.current() is b
    outer = Ctx.current() is a
inner, outer, Ctx.current()

from contextlib import contextmanager
log = []
@contextmanager
def section(name):
    log.append(f"+{name}")
    try: yield name.upper()
    finally: log.append(f"-{name}")
with section("a") as A, section("b") as B: log.append(A + B)
log

from contextlib import contextmanager
@contextmanager
def cm():
    try: yield 1
    except ValueError: pass
def f():
    with cm() as x:
        return x
    return "never"
def g():
    for i in range(3):
        with cm():
            if i == 1: break
    return i
def h():
    with cm(): raise ValueError()
    return "swallowed"
f(), g(), h()

vals = {"b": 2, "a": 1}
first, *rest = sorted(vals, key=vals.get)
(k, v), = {"only": 1}.items()
first, rest, k, v, max(vals, key=vals.get), min(vals.items(), key=lambda kv: kv[1]), dict(sorted(vals.items())), [k for k, _ in sorted(vals.items(), key=lambda kv: kv[1], reverse=True)]

n = 0
def counter():
    global n
    n += 1
    return n
a = [counter() for _ in range(3)]
b = counter() or counter()
c = counter() and counter()
d = [counter()] * 2
a, b, c, d, n

def f(*, a=1, **kw): return {**{"a": a}, **kw}
f(**{"a": 2, "b": 3}), f(**dict(zip("xy", "12"))), f(**{k: v for k, v in {"a": None, "q": 1}.items() if v is not None})

import re
def slug(s): return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9]+", "-", s.lower())).strip("-")
slug("Hello, World! 2.0"), slug("--a__b--"), re.sub(r"(?<!^)(?=[A-Z])", "_", "camelCaseID").lower(), re.split(r"\s*[,;]\s*", "a , b;c"), [m.groupdict() for m in re.finditer(r"(?P<k>\w+)=(?P<v>\d+)", "a=1 b=22")], re.sub(r"\$\{(\w+)\}", lambda m: {"X": "1"}.get(m.group(1), m.group(0)), "${X}-${Y}")

import textwrap
textwrap.dedent("""\
    #!/bin/bash
    set -e
    echo "{{ ds }}"
      indented
    """), textwrap.dedent("""
        a
          b
    """).strip()

import json
json.dumps({"a": (1, 2), "b": {"c": [None, True, 1.5, "é"]}, 3: "x"}, indent=2, sort_keys=False), json.dumps({"z": 1, "a": 2}, sort_keys=True, separators=(",", ":")), json.loads('{"a": [1, {"b": null}]}')["a"][1]["b"]

from pathlib import Path
p = Path("/opt/airflow/dags") / "sql" / "q.sql"
p.parent.name, p.stem, str(p.with_suffix(".yml")), p.relative_to("/opt/airflow").as_posix(), [x.name for x in p.parents][:2], p.parts[-2:]

try: int("x")
except (TypeError, ValueError) as e: msg = f"{type(e).__name__}: {e}"
else: msg = "ok"
finally: done = True
msg, done

class Money:
    __slots__ = ("amount", "cur")
    def __init__(self, amount, cur="EUR"): self.amount, self.cur = amount, cur
    def __eq__(self, o): return isinstance(o, Money) and (self.amount, self.cur) == (o.amount, o.cur)
    def __hash__(self): return hash((self.amount, self.cur))
    def __add__(self, o):
        if self.cur != o.cur: raise ValueError(f"{self.cur} != {o.cur}")
        return type(self)(self.amount + o.amount, self.cur)
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __repr__(self): return f"{self.amount:.2f} {self.cur}"
sum([Money(1), Money(2.5)]), Money(1) == Money(1), Money(1) != Money(2), Money(1) in [Money(1)]

a = b = {"k": [1]}
c = {**a}; d = dict(a); e = a.copy()
a["k"].append(2); b["n"] = 1; c["m"] = 2
a, b is a, c, d, e

def f(items=None):
    items = items or []
    items.append(len(items))
    return items
f(), f(), f([5])

import copy
base = {"retries": 1, "args": {"a": [1]}}
x = {**base, "args": {**base["args"], "b": 2}}
y = copy.deepcopy(base); y["args"]["a"].append(9)
base, x, y

[i for i in range(20) if all(i % d for d in range(2, i)) and i > 1], [(i, j) for i in range(3) for j in range(i, 3) if (i + j) % 2 == 0], {i: {j: i * j for j in range(2)} for i in range(2)}, [[r[c] for r in [[1, 2], [3, 4]]] for c in range(2)], sorted({len(w) for w in "the quick brown fox".split()})

"%s-%03d-%.2f-%5s|%-5s|%x" % ("a", 7, 1.005, "r", "l", 255), "{:>8.3f}|{:<6}|{:^7}|{:+d}|{:,}|{:.1%}|{:e}".format(3.14159, "ab", "mid", 5, 1234567, 0.256, 12345.678), f"{'x':*^5}{10:#x}{1e6:,.0f}{True!s:>6}{None}", "a{}b{{c}}".format(1), "{0!r:>5}".format("q"), str(1e21), repr(0.1 + 0.2), str(100.0), f"{1.0}", f"{1e-5}", f"{123456789.0}", f"{2 ** 0.5:.3g}"
