x = 1
y = x if x > 0 else -x
y

a = b = []
a.append(1)
b

a, (b, *c), d = 1, (2, 3, 4), 5
(a, b, c, d)

[a, b] = "xy"
(a, b)

a, b = 1
a

a, b = 1, 2, 3
a

a, b = b, a = 1, 2
(a, b)

x = [1, 2, 3]
x[0], x[1] = x[1], x[0]
x

if (n := 10) > 5:
    r = n
else:
    r = 0
r

r = []
for i in range(5):
    if i == 1:
        continue
    if i == 4:
        break
    r.append(i)
else:
    r.append("else")
r

r = []
for i in range(2):
    r.append(i)
else:
    r.append("else")
r

r = []
for k, v in {"a": 1, "b": 2}.items():
    r.append(f"{k}={v}")
r

r = []
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    r.append(i + a * b)
r

x = [1, 2]
for i in x:
    if len(x) < 5:
        x.append(i * 10)
x

i = 0
while i < 3:
    i += 1
else:
    i = 100
i

i = 0
while True:
    i += 1
    if i > 5:
        break
i

def f(n):
    return 1 if n < 2 else n * f(n - 1)
f(20)

def f(a, /, b, *, c=1, **kw):
    return a, b, c, kw
(f(1, 2), f(1, b=3, c=4, z=5))

def f(a, /):
    return a
f(a=1)

def f(*, a):
    return a
f(1)

def f(a):
    return a
f()

def f(a):
    return a
f(1, 2)

def f(a):
    return a
f(1, a=2)

def f(a):
    return a
f(b=2)

def f(a, b=[]):
    b.append(a)
    return b
f(1)
f(2)

def outer():
    x = 1
    def inner():
        nonlocal x
        x += 1
        return x
    inner()
    return inner()
outer()

count = 0
def f():
    global count
    count += 1
f()
f()
count

def f():
    return x_undefined
f()

def f():
    print(y)
    y = 1
f()

fs = [lambda: i for i in range(3)]
[f() for f in fs]

fs = [lambda i=i: i for i in range(3)]
[f() for f in fs]

def deco(fn):
    def wrapper(*args, **kwargs):
        return ["w", fn(*args, **kwargs)]
    return wrapper
@deco
def f(a, b=2):
    return a + b
f(1, b=5)

def times(n):
    def deco(fn):
        def wrapper(x):
            return fn(x) * n
        return wrapper
    return deco
@times(3)
@times(2)
def f(x):
    return x + 1
f(1)

def f(*args):
    return args
(f(*[1, 2], 3, *(4,)), f(*"ab"), f(*{}))

def f(**kw):
    return kw
(f(**{"a": 1}, b=2), f(**dict(c=3)))

def f(**kw):
    return kw
f(a=1, **{"a": 2})

[x * y for x in range(3) for y in range(3) if x != y]
[[j for j in range(i)] for i in range(3)]
{x % 3 for x in range(10)} == {0, 1, 2}
{k: [v] for k, v in [("a", 1)]}
list(x for x in range(3))
sum(x * x for x in range(4))
[y := 5, y ** 2]
[(a, b) for a, b in zip("ab", range(2))]
(lambda x, *a, k=3: (x, a, k))(1, 2, k=4)
1 if [] else 2
[] or "default"
0 or None or "x"
1 and 2
"" and 5
not [] and True
1 < 2 < 3 < 2
1 < 3 > 2
None or {}
(1, 2, *[3, 4])
{**{"a": 1}, **{"a": 2}}
[*"ab", *range(2)]
{*[1, 2], *[2, 3]} == {1, 2, 3}

x = 5
def f(x=x):
    return x
x = 6
f()

try:
    r = 1 / 0
except ZeroDivisionError:
    r = "zero"
finally:
    s = "done"
(r, s)

r = []
try:
    r.append(1)
except Exception:
    r.append("no")
else:
    r.append("else")
finally:
    r.append("finally")
r

def f():
    try:
        return "try"
    finally:
        r.append("finally")
r = []
(f(), r)

def f():
    for i in range(3):
        try:
            continue
        finally:
            r.append(i)
    return "end"
r = []
(f(), r)

try:
    try:
        raise KeyError("a")
    except KeyError as e:
        raise ValueError("b") from e
except ValueError as e:
    r = (str(e), type(e).__name__)
r

try:
    raise Exception("x")
except (ValueError, TypeError):
    r = 1
except Exception as e:
    r = str(e)
r

try:
    int("x")
except ValueError:
    try:
        raise
    except ValueError as e:
        r = str(e)
r

raise ValueError("top")
1

assert 1 == 1, "fine"
"after"

assert 1 == 2, "not equal"
1

class Ctx:
    def __init__(self):
        self.log = []
    def __enter__(self):
        self.log.append("enter")
        return self
    def __exit__(self, kind, value, tb):
        self.log.append("exit" if kind is None else kind.__name__)
        return True
with Ctx() as c:
    c.log.append("body")
with Ctx() as d:
    raise ValueError("x")
(c.log, d.log)

def gen(n):
    for i in range(n):
        yield i
    return "r"
(list(gen(3)), sum(gen(4)), max(gen(5)), [*gen(2)])

def gen():
    x = yield from [1, 2]
    yield 3
list(gen())

def gen():
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")
log = []
(list(gen()), log)

def chunks(xs, n):
    for i in range(0, len(xs), n):
        yield xs[i:i + n]
list(chunks([1, 2, 3, 4, 5], 2))

def fib():
    a, b = 0, 1
    for _ in range(10):
        yield a
        a, b = b, a + b
list(fib())

match 5:
    case 1:
        r = "one"
    case 5 | 6:
        r = "five or six"
    case _:
        r = "other"
r

match {"kind": "task", "id": 3, "extra": 1}:
    case {"kind": "task", "id": int(n), **rest}:
        r = (n, rest)
    case _:
        r = None
r

match [1, 2, 3, 4]:
    case [a, b]:
        r = "two"
    case [first, *middle, last] if last > 3:
        r = (first, middle, last)
r

class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y
match P(1, 2):
    case P(0, _):
        r = "zero"
    case P(x, y=b):
        r = (x, b)
r

match "abc":
    case str() as s if s.startswith("a"):
        r = s.upper()
r

match None:
    case None:
        r = "none"
r

x = {"a": 1}
del x["a"]
x

x = [1, 2, 3]
del x[0], x[0]
x

x = 1
del x
x

def make(name, **defaults):
    def build(**overrides):
        return {"name": name, **defaults, **overrides}
    return build
make("n", a=1)(a=2, b=3)

configs = [{"id": "a", "deps": []}, {"id": "b", "deps": ["a"]}, {"id": "c", "deps": ["a", "b"]}]
by_id = {c["id"]: c for c in configs}
[(c["id"], d) for c in configs for d in by_id[c["id"]]["deps"]]

tables = ["users", "orders"]
queries = {t: f"select * from {t} where ds = '{{{{ ds }}}}'" for t in tables}
queries["users"]

DEFAULTS = {"retries": 1, "tags": ["a"]}
merged = {**DEFAULTS, "retries": 3, "tags": DEFAULTS["tags"] + ["b"]}
(merged, DEFAULTS)

def slugify(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name.lower()).strip("_")
slugify("My DAG: v2!")

schedule = {"hourly": "0 * * * *", "daily": "0 0 * * *"}
[schedule.get(k, "@once") for k in ("hourly", "weekly")]

x: int = 5
y: "list[int]" = [x]
y

globals()["made"] = 5
made

names = ["a", "b"]
for n in names:
    globals()[f"var_{n}"] = n.upper()
(var_a, var_b)

def f():
    x = 1
    return locals()
f()

eval("[1, 2, {'a': None}]")
"\N{BULLET}"
"""a
b"""
r"\d+"
b"\x00a"
0x1F + 0o17 + 0b11 + 1_000
1e3
.5
"a" 'b' """c"""
(1)
(1,)
...

async def f():
    return 1
f.__name__

type X = int  # python: 3.12
1

def f[T](x: T) -> T:  # python: 3.12
    return x
f(5)

class A:
    class B:
        x = 1
    y = B.x + 1
    z = [y for _ in range(2)] if False else 0
(A.B.x, A.y)

class A:
    items = []
    for i in range(3):
        items.append(i)
A.items

x = []
for _ in range(100000):
    x = [x, {"k": (x,)}]
len(x)

class A:
    def __init__(self, x):
        self.x = x
    def chain(self, y):
        self.x += y
        return self
A(1).chain(2).chain(3).x

class A:
    def hello(self):
        return "A"
class B(A):
    def hello(self):
        return "B" + super().hello()
class C(A):
    def hello(self):
        return "C" + super().hello()
class D(B, C):
    pass
(D().hello(), [c.__name__ for c in D.__mro__])

class A:
    count = 0
    def __init__(self):
        A.count += 1
A(); A()
A.count

def inner():
    yield 1
    return "r"
def outer():
    got = yield from inner()
    yield got
list(outer())

def g():
    for x in (1, 2):
        try:
            yield x
        except KeyError:
            yield "caught"
seen = []
try:
    for x in g():
        seen.append(x)
        raise KeyError("body")
except KeyError as e:
    seen.append(str(e))
seen

def ids():
    n = 0
    while True:
        n += 1
        yield f"id_{n}"
gen = ids()
([next(gen), next(gen)], [(a, b) for a, b in zip("xy", gen)])

# unknown: ok
made = []
def make():
    for n in range(5):
        made.append(n)
        yield n
gen = make()
(next(gen), made)

# unknown: ok
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("x") from e
except ValueError as e:
    cause = e.__cause__
type(cause).__name__

# unknown: ok
try:
    raise ExceptionGroup("g", [ValueError(1), KeyError("k")])
except* ValueError as eg:
    r = len(eg.exceptions)
except* KeyError as eg:
    r = (r, "k")
r
