ds = [{"k": 1}, {}]
any(d["k"] == 1 for d in ds)

ds = [{"k": 1}, {}]
next(d for d in ds if d["k"] == 1)

y = 1
g = (x * y for x in [1, 2])
y = 10
list(g)

l = [1, 2]
g = (x for x in l)
l.append(3)
list(g)

import itertools
next(x for x in itertools.count() if x > 5)

log = []
def f(x): log.append(x); return x
any(f(x) for x in [0, 1, 2])
log

log = []
def f(x): log.append(x); return x
all(f(x) for x in [1, 0, 2]), log

log = []
def f(x): log.append(x); return x
m = map(f, [1, 2, 3])
next(m)
log

log = []
def f(x): log.append(x); return x
z = zip((f(x) for x in [1, 2]), [1])
list(z), log

log = []
def f(x): log.append(x); return x
for v in (f(x) for x in [1, 2, 3]):
    log.append("b")
    if v == 2: break
log

def f():
    if False: yield
    return 5
list(f())

g = (1 / x for x in [1, 0])
next(g)

g = (1 / x for x in [0])
1

def gen():
    yield 1
    raise ValueError("late")
next(gen())

def gen():
    yield 1
    raise ValueError("late")
try:
    for x in gen(): r = x
except ValueError as e: r = (r, str(e))
r

x = [f"{i}" for i in range(3) if (i := i) or True] if 0 else 1
x

any(x > 2 for x in [1, 3, "a"])

max((len(s) for s in ["a", "bb"]), default=0), sum(x for x in range(4)), ",".join(str(i) for i in range(3)), dict((k, 1) for k in "ab"), set(x % 2 for x in range(3)), tuple(i for i in range(2)), sorted((i for i in [3, 1]), reverse=True)

"x" in (c for c in "xyz"), list(i for i in range(2)), type((i for i in [])).__name__

g = (i for i in range(3))
[next(g), list(g), list(g)]

d = {"a": 1}
k = d.keys(); d["b"] = 2
list(k)

m = map(str, [1, 2])
[list(m), list(m)]

f = filter(lambda x: x > 1, [1, 2, 3])
next(f), list(f)

z = zip([1, 2], [3, 4])
dict(z), dict(z)

r = reversed([1, 2]); e = enumerate("ab")
next(r), list(r), next(e), list(e)

x = 1
def f(): return [x for _ in range(1)]
class A:
    x = 2
    y = f()
    z = [i for i in [x]]
(A.y, A.z)

next((x for x in [] if x), "none")

it = iter([1, 2, 3])
[(a, next(it, None)) for a in it]

def chunks(l, n):
    for i in range(0, len(l), n): yield l[i:i + n]
list(chunks([1, 2, 3, 4, 5], 2)), [sum(c) for c in chunks([1, 2, 3], 2)]

def flatten(l):
    for x in l:
        if isinstance(x, (list, tuple)): yield from flatten(x)
        else: yield x
list(flatten([1, [2, (3, [4])]]))

import itertools
list(itertools.takewhile(lambda x: x < 3, (x for x in itertools.count())))

def pairs():
    for a in "ab":
        for b in (1, 2): yield a, b
{a: b for a, b in pairs()}, [x for x in pairs()][-1]

class B:
    def __init__(self): self.z = 1
from dataclasses import dataclass
@dataclass
class D(B):
    x: int
(D(1).x, D(1).__dict__)

from dataclasses import dataclass
@dataclass
class A:
    x: int = 1
class B(A):
    y: int = 2
(B(), B(5), repr(B(3)), B(1) == A(1), B(1) == B(1))

from dataclasses import dataclass
class M:
    q: int = 3
@dataclass
class A(M):
    x: int = 1
A(), A(5)

from dataclasses import dataclass
@dataclass
class A:
    x: int
class B(A):
    def __init__(self, v):
        super().__init__(v * 2)
        self.y = 1
(B(2).x, B(2).y, repr(B(2)))

from dataclasses import dataclass, field
@dataclass
class A:
    x: list = field(default_factory=list)
    y: int = field(default=5)
(A.y, hasattr(A, "x"), A().y)

from dataclasses import dataclass
@dataclass
class A:
    x: int
    def __str__(self): return "S"
(str(A(1)), repr(A(1)), f"{A(1)}")

class A:
    __x = 1
    def a(self): return self.__x
class B(A):
    __x = 2
    def b(self): return self.__x
(B().a(), B().b())

class A:
    def __init__(self): self.__v = 1
    def get(self): return self.__v
class B(A):
    def __init__(self): super().__init__(); self.__v = 2
B().get(), sorted(B().__dict__)
