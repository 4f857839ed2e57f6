class P:
    def __new__(cls, x):
        self = object.__new__(cls)
        self.x = x + 1
        return self
P(4).x

from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def run(self): ...
    @property
    @abstractmethod
    def name(self): ...
A()

from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def run(self): ...
class B(A):
    pass
B()

class A:
    @property
    def p(self): return 1
a = A()
a.p = 2

class A:
    lst = []
    def add(self, v): self.lst.append(v)
A().add(1); A().add(2)
A.lst

class A:
    def __eq__(self, o): return True
hash(A())

class A:
    def __eq__(self, o): return True
{A(): 1}

class A: pass
sorted([A(), A()])

class V:
    def __mul__(self, o): return NotImplemented
V() * 2

class A:
    def __rmod__(self, o): return "rmod"
"abc" % A()

class A: pass
format(A(), "x")

class A:
    def __enter__(self): return "in"
    def __exit__(self, t, v, tb): return t is ValueError
log = []
with A() as x:
    log.append(x)
    raise ValueError("q")
log.append("after")
log

class A:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append("enter"); return self
    def __exit__(self, t, v, tb): self.log.append((t and t.__name__, str(v)))
log = []
try:
    with A(log):
        raise KeyError("k")
except KeyError:
    log.append("caught")
with A(log) as a, A(log) as b:
    log.append("body")
log

class D(dict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
d = D(a=1); d["b"] = 2; d.update(c=3)
d

class A:
    x = 10
    y = [x for _ in range(2)]

class A:
    x = 3
    y = [i for i in range(x)]
A.y

class A:
    a = 1
    def f(self): return a
a = 5
A().f()

class A:
    x = 1
a = A()
del a.x

class A:
    def __init_subclass__(cls): cls.n = cls.__name__
class B(A):
    n = "over"
B.n

class M1:
    def f(self): return ["M1"]
class M2:
    def f(self): return ["M2"] + super().f()
class C(M2, M1):
    def f(self): return ["C"] + super(C, self).f()
C().f()

class A(object): pass
class B(object): pass
class C(A, B): pass
class D(B, A): pass
class E(C, D): pass

class A:
    def __class_getitem__(cls, k): return (cls.__name__, k)
A[int]

class A:
    def __set_name__(self, o, n): o.seen = n
class B:
    thing = A()
B.seen

class A:
    def __bool__(self): return 1
bool(A())

class A:
    def __len__(self): return -1
len(A())

class A:
    def __reversed__(self): return iter("xyz")
list(reversed(A()))

class A:
    def __rshift__(self, o): return (self, ">>", o)
    def __repr__(self): return "A"
A() >> A() >> [1]

class A:
    def __init__(self): super().__init__(); self.ok = True
A().ok

class A:
    def __init__(self): return 1
A()

class A: pass
A(1)

class A: pass
A(x=1)

class A:
    def __init__(self, a, b=2, *, c): self.v = (a, b, c)
A(1)

class A:
    def f(self): pass
A.f()

class A:
    def f(): return 1
A().f()

class A:
    def __new__(cls): return 5
A()

class Node:
    def __init__(self, v, *children): self.v, self.children = v, children
    def walk(self):
        yield self.v
        for c in self.children: yield from c.walk()
list(Node(1, Node(2, Node(3)), Node(4)).walk())

class Chain:
    def __init__(self, p=""): self.p = p
    def __getattr__(self, n): return Chain(f"{self.p}/{n}")
    def __call__(self, *a): return Chain(f"{self.p}({','.join(map(str, a))})")
    def __str__(self): return self.p
str(Chain().users(1).posts.all())

class A:
    def __sizeof__(self): return 1
    def __reduce__(self): return (A, ())
    def __getstate__(self): return {}
A.__sizeof__(A())

getattr(type("A", (), {"f": classmethod(lambda c: c.__name__)}), "f")()

class A:
    x = 1
    def f(self): return "A.f"
class B(A):
    def f(self): return "B." + super().f()
class C(A):
    def f(self): return "C." + super().f()
class D(B, C):
    def f(self): return "D." + super().f()
[D().f(), [k.__name__ for k in D.__mro__], issubclass(D, C), isinstance(D(), (int, A))]

class Desc:
    def __set_name__(self, owner, name): self.name = name; self.owner = owner.__name__
    def __get__(self, obj, cls=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value): obj.__dict__[self.name] = value * 2
class T:
    a = Desc()
    b = Desc()
t = T(); t.a = 4
[t.a, t.b, T.a.name, T.b.owner, t.__dict__]

class Desc:
    def __get__(self, obj, cls=None): return "desc"
class T:
    a = Desc()
t = T()
before = t.a
t.a = 5
[before, t.a, T.a]

class Base:
    registry = {}
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.registry[key or cls.__name__] = cls
class X(Base, key="ex"): pass
class Y(Base): pass
class Z(X): pass
[sorted(Base.registry), [c.__name__ for c in Base.registry.values()]]

class Singleton:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None: cls._inst = super().__new__(cls)
        return cls._inst
    def __init__(self, v): self.v = v
a = Singleton(1); b = Singleton(2)
[a is b, a.v, b.v]

class P(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
p = P(1, 2)
[p, p.a, len(p), p == (1, 2), isinstance(p, tuple)]

class P(str):
    def __new__(cls, v, extra=None):
        o = str.__new__(cls, v.upper())
        o.extra = extra
        return o
p = P("abc", 5)
[p, p.extra, p + "d", p.lower(), type(p).__name__]

class P(int):
    def __new__(cls, v): return int.__new__(cls, v * 2)
    def __add__(self, o): return P(int(self) + o)
[P(4), P(4) + 1, P(2) * 3, isinstance(P(1), int)]

class A:
    def __getattr__(self, n):
        if n.startswith("x"): return n[1:]
        raise AttributeError(n)
a = A()
[a.xfoo, hasattr(a, "y"), getattr(a, "q", 9)]

class A:
    def __init__(self): self.d = {}
    def __setattr__(self, n, v): object.__setattr__(self, n, v if n == "d" else v + 1)
    def __delattr__(self, n): object.__delattr__(self, n)
a = A(); a.z = 1; z = a.z; del a.z
[z, hasattr(a, "z")]

class A:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
x = A()
try:
    x.c = 3
except AttributeError as e:
    r = str(e)
[x.a, r, hasattr(x, "b"), hasattr(x, "__dict__")]

class A:
    __slots__ = ["a"]
class B(A):
    pass
b = B(); b.zz = 1
[b.zz, B.__slots__]

from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def run(self): return "base"
    @classmethod
    @abstractmethod
    def make(cls): ...
    @property
    @abstractmethod
    def name(self): ...
class B(A):
    name = "n"
    def run(self): return super().run() + "!"
    @classmethod
    def make(cls): return cls()
[B.make().run(), B().name, sorted(A.__abstractmethods__), B.__abstractmethods__]

from abc import ABCMeta, abstractmethod
class A(metaclass=ABCMeta):
    @abstractmethod
    def f(self): pass
class B(A):
    def f(self): return 1
[B().f(), isinstance(B(), A)]

class A:
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v * 10
    @p.deleter
    def p(self): self._p = None
a = A(); a.p = 2; v = a.p; del a.p
[v, a.p]

class A:
    @property
    def p(self): return 1
class B(A):
    @A.p.setter
    def p(self, v): self.q = v
b = B(); b.p = 7
[b.q, b.p]

class A:
    @classmethod
    def c(cls, x): return (cls.__name__, x)
    @staticmethod
    def s(x): return x * 2
class B(A): pass
[A.c(1), B.c(2), B().c(3), A.s(4), B().s(5)]

class A:
    count = 0
    def __init__(self): type(self).count += 1; self.id = A.count
class B(A): pass
x = [A(), A(), B()]
[A.count, B.count, [i.id for i in x]]

class A:
    def __eq__(self, o): return isinstance(o, A)
[A() == A(), A() != A(), A() == 1, A() in [A()], [A()].index(A()), [A()] == [A()]]

class A:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"A({self.v})"
[sorted([A(3), A(1), A(2)]), min([A(3), A(1)]), max([A(3), A(1)]), A(1) > A(0), sorted([A(1), A(2)], reverse=True)]

class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return V(-self.x)
    def __abs__(self): return V(abs(self.x))
    def __bool__(self): return self.x != 0
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return self.x * i
    def __contains__(self, v): return v == 99
    def __call__(self, *a, **k): return (a, k)
    def __repr__(self): return f"V({self.x!r})"
    def __int__(self): return int(self.x)
    def __index__(self): return 2
    def __float__(self): return float(self.x)
    def __iadd__(self, o): self.x += 100; return self
v = V(2)
w = v
w += 1
[v + V(1), v + 1, 1 + v, sum([V(1), V(2)]), -v, abs(V(-3)), bool(V(0)), len(v)]

class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return V(-self.x)
    def __abs__(self): return V(abs(self.x))
    def __bool__(self): return self.x != 0
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return self.x * i
    def __contains__(self, v): return v == 99
    def __call__(self, *a, **k): return (a, k)
    def __repr__(self): return f"V({self.x!r})"
    def __int__(self): return int(self.x)
    def __index__(self): return 2
    def __float__(self): return float(self.x)
    def __iadd__(self, o): self.x += 100; return self
v = V(2)
w = v
w += 1
[v[1], list(v), 99 in v, 1 in v, v(1, a=2), int(v), [1, 2, 3][v], float(v)]

class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return V(-self.x)
    def __abs__(self): return V(abs(self.x))
    def __bool__(self): return self.x != 0
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return self.x * i
    def __contains__(self, v): return v == 99
    def __call__(self, *a, **k): return (a, k)
    def __repr__(self): return f"V({self.x!r})"
    def __int__(self): return int(self.x)
    def __index__(self): return 2
    def __float__(self): return float(self.x)
    def __iadd__(self, o): self.x += 100; return self
v = V(2)
w = v
w += 1
[v, w is v]

class A:
    def __add__(self, o): return "A+"
class B(A):
    def __radd__(self, o): return "B radd"
[A() + B(), B() + A(), A() + A()]

class A:
    def __radd__(self, o): return ("radd", o)
    def __rsub__(self, o): return ("rsub", o)
    def __rmod__(self, o): return ("rmod", o)
    def __rrshift__(self, o): return ("rrshift", o)
    def __rlshift__(self, o): return ("rlshift", o)
[1 + A(), 2 - A(), 3 % A(), [1] >> A(), [2] << A(), [1] + A()]

class A:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __format__(self, s): return f"fmt<{s}>"
a = A()
[str(a), repr(a), f"{a}", f"{a!r}", f"{a!s:>6}", f"{a:x}", "%s %r" % (a, a), "{} {!r} {:y}".format(a, a, a)]

class A:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __format__(self, s): return f"fmt<{s}>"
a = A()
[[a], {a: 1} and str([a])]

class A:
    def __repr__(self): return "R"
[f"{A()} {A()!s} {str(A())}", "%s" % A(), print(A())]

class A:
    def __format__(self, s): return s or "empty"
[f"{A()}", format(A(), "q")]

class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
i = It(3)
[next(i), list(i), list(i), next(It(0), "d")]

class A:
    def __missing__(self, k): return k
class D(dict):
    def __missing__(self, k):
        self[k] = v = k * 2
        return v
d = D(a=1)
[d["a"], d["b"], d, d.get("zz"), "zz" in d, len(d)]

class D(dict):
    def __getattr__(self, k): return self[k]
    def __setattr__(self, k, v): self[k] = v
d = D(a=1); d.b = 2
[d.a, d, d.b, {**d}, dict(d), list(d.items()), isinstance(d, dict)]

class L(list):
    def push(self, v): self.append(v); return self
l = L([1]).push(2)
[l, l + [3], len(l), l[0], type(l + [3]).__name__, sorted(l, reverse=True), l == [1, 2], type(l[:1]).__name__]

class A:
    "doc"
    def f(self):
        "fdoc"
[A.__doc__, A.f.__doc__, A().f.__doc__, A.__name__, A.__qualname__, A.f.__qualname__, A.__module__, A.f.__name__]

class A:
    class B:
        def f(self): return self.__class__.__qualname__
[A.B().f(), A.B.__qualname__]

def mk():
    class L:
        def m(self): pass
    return L
[mk().__qualname__, mk().m.__qualname__]

class A:
    __private = 1
    def get(self): return self.__private
    def __m(self): return "m"
    def call(self): return self.__m()
[A().get(), A()._A__private, A().call(), [n for n in A.__dict__ if "priv" in n], hasattr(A(), "__private")]

class A:
    def f(self): return 1
a = A()
a.f = lambda: 2
[a.f(), A.f(a), vars(a).keys()]

class A: pass
def m(self, x): return (self.n, x)
A.m = m
a = A(); a.n = 1
import types
a.b = types.MethodType(lambda self: self.n + 1, a)
[a.m(2), a.m.__self__ is a, a.m.__func__ is m]

A = type("A", (object,), {"x": 1, "f": lambda self: self.x})
B = type("B", (A,), dict(y=2))
[A().f(), B().x, B.y, B.__name__, B.__mro__[1] is A]

class A:
    def __init__(self, *a, **k): self.__dict__.update(k)
a = A(x=1, y=2)
[a.x, vars(a), a.__dict__ is vars(a), sorted(vars(a))]

class A:
    def __init__(self): self.a = 1
a = A()
a.__dict__["b"] = 5
[a.b, vars(a)]

class A:
    x = 1
a = A(); a.x = 2
del a.x
[a.x, "x" in a.__dict__, "x" in A.__dict__]

class A:
    x = 1
    def f(self): pass
([n for n in vars(A) if not n.startswith("__")])

# python: 3.12
from typing import Generic, TypeVar
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class IntBox(Box[int]): pass
[Box[int](3).v, IntBox(4).v, Box("a").v]

class A:
    def __call__(self): return "called"
[A()(), callable(A()), callable(A), callable(1)]

class A:
    def __len__(self): return 0
[bool(A()), "y" if A() else "n", not A()]

class A:
    def __lt__(self, o): return "lt"
    def __gt__(self, o): return "gt"
[A() < 1, 1 < A(), A() > A()]

class A:
    def __contains__(self, x): return "yes"
[1 in A(), 1 not in A()]

class A:
    def __getitem__(self, k): return k
a = A()
[a[1:2], a[1, 2], a[...], a[::2], a[1:2, 3]]

class A:
    def __setitem__(self, k, v): self.k = (k, v)
    def __delitem__(self, k): self.k = ("del", k)
a = A(); a[1:3] = 5; x = a.k; del a["q"]
[x, a.k]

class A:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
[list(reversed(A())), [A()[i] for i in range(len(A()))]]

class A:
    def __divmod__(self, o): return "dm"
    def __pow__(self, o, m=None): return (o, m)
    def __floordiv__(self, o): return "fd"
    def __matmul__(self, o): return "mm"
    def __invert__(self): return "inv"
    def __pos__(self): return "pos"
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 5
    def __and__(self, o): return "and"
    def __ror__(self, o): return "ror"
    def __xor__(self, o): return "xor"
a = A()
[divmod(a, 1), a ** 2, a // 1, a @ 1, ~a, +a, round(a), round(a, 2)]

class A:
    def __divmod__(self, o): return "dm"
    def __pow__(self, o, m=None): return (o, m)
    def __floordiv__(self, o): return "fd"
    def __matmul__(self, o): return "mm"
    def __invert__(self): return "inv"
    def __pos__(self): return "pos"
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 5
    def __and__(self, o): return "and"
    def __ror__(self, o): return "ror"
    def __xor__(self, o): return "xor"
a = A()
[a & 1, 1 | a, a ^ 1]

class A:
    def __init__(self, a, b=2, *, c): self.v = (a, b, c)
[A(1, c=3).v, A(1, 2, c=4).v, A(a=0, b=1, c=2).v]

class A:
    @staticmethod
    def s(): return 1
    t = s
    @classmethod
    def c(cls): return 2
    @property
    def p(self): return 3
[A.s(), A.t(), type(A.__dict__["s"]).__name__, type(A.__dict__["c"]).__name__, type(A.__dict__["p"]).__name__]

class A:
    a: int
    b: str = "x"
    c: "list[int]" = None
[hasattr(A, "a"), A.b]

isinstance(A := type("Q", (), {}), type)
A.__name__
type(object) is type
isinstance(int, object)
issubclass(bool, int)

class Temp:
    def __init__(self, c): self.c = c
    @property
    def f(self): return self.c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
    @classmethod
    def from_f(cls, f): t = cls(0); t.f = f; return t
[Temp(100).f, Temp.from_f(212).c, Temp.from_f(50).c]

class A:
    def __getattr__(self, name): return lambda *a, **k: (name, a, k)
[A().anything(1, x=2), A().other()]

class lazy:
    def __init__(self, f): self.f = f
    def __get__(self, o, c):
        if o is None: return self
        v = o.__dict__[self.f.__name__] = self.f(o)
        return v
class A:
    n = 0
    @lazy
    def x(self): A.n += 1; return "v"
a = A()
[a.x, a.x, A.n]

class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, o, n): self.n = "_" + n
    def __get__(self, o, c): return getattr(o, self.n)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f"{self.n[1:]} must be {self.t.__name__}")
        setattr(o, self.n, v)
class P:
    name = Typed(str)
    age = Typed(int)
    def __init__(self, n, a): self.name, self.age = n, a
[P("x", 3).age, P("y", "z")]

class A:
    def method(self): return "m"
    alias = method
    def __init__(self): self.bound = self.method
[A().alias(), A().bound()]

def deco(cls):
    cls.extra = cls.__name__ + "x"
    orig = cls.__init__
    def init(self, *a, **k): orig(self, *a, **k); self.post = True
    cls.__init__ = init
    return cls
@deco
class A:
    def __init__(self, v): self.v = v
a = A(1)
[a.v, a.post, A.extra]

def deco(**opts):
    def wrap(cls):
        for k, v in opts.items(): setattr(cls, k, v)
        return cls
    return wrap
@deco(x=1, y=2)
class A: pass
[A.x, A.y]

class A:
    def __del__(self): pass
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep"
import copy
[copy.copy(A()), copy.deepcopy([A()]), copy.deepcopy({"a": A()})]

import copy
class A:
    def __init__(self, x): self.x = x
a = A([1]); b = copy.copy(a); c = copy.deepcopy(a)
a.x.append(2)
[b.x, c.x, b is a, type(c).__name__]

class A:
    def __eq__(self, other):
        if not isinstance(other, A): return NotImplemented
        return True
[A() == 1, A() != 1, 1 == A(), A() == A()]

class Money:
    def __init__(self, a): self.a = a
    def __eq__(self, o): return self.a == o.a
    def __lt__(self, o): return self.a < o.a
    def __le__(self, o): return self.a <= o.a
[Money(1) < Money(2), Money(1) >= Money(2), Money(2) > Money(1), Money(1) != Money(1)]

class A:
    x = property(lambda self: self._x, lambda self, v: setattr(self, "_x", v), None, "doc")
a = A(); a.x = 5
[a.x, A.x.__doc__, A.x.fget(a), A.x.fdel]

class A:
    def f(self, x=[]):
        x.append(1)
        return x
[A().f(), A().f()]

class Color:
    RED = "red"
    BLUE = "blue"
    @classmethod
    def all(cls): return [v for k, v in vars(cls).items() if k.isupper()]
    @classmethod
    def names(cls): return [k for k in cls.__dict__ if not k.startswith("_") and isinstance(cls.__dict__[k], str)]
[Color.all(), Color.names()]

class Config:
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"
    def __eq__(self, o): return self.__dict__ == o.__dict__
[Config(a=1, b="x"), Config(a=1) == Config(a=1)]

from dataclasses import dataclass
@dataclass
class V:
    a: int
V(1) < V(2)

from dataclasses import dataclass
@dataclass(frozen=True)
class F:
    a: int
F(1).a = 2

from dataclasses import dataclass
@dataclass
class F:
    a: int
hash(F(1))

from dataclasses import dataclass
@dataclass(unsafe_hash=True)
class F:
    a: int
len({F(1), F(1)})

from dataclasses import dataclass
@dataclass(repr=False)
class F:
    a: int
    def __repr__(self): return "mine"
F(1)

from dataclasses import dataclass, field
@dataclass(kw_only=True)
class F:
    a: int
F(1)

from dataclasses import dataclass, field
@dataclass
class F:
    a: int
    b: int = field(kw_only=True)
    c: int = 1
F(1, 2, b=3)

from dataclasses import dataclass
@dataclass
class F:
    a: list = []

from dataclasses import dataclass
@dataclass
class F:
    a: int = 1
    b: str

from dataclasses import dataclass
@dataclass(slots=True)
class S:
    a: int
S(1).zz = 5

from dataclasses import dataclass
@dataclass
class P:
    x: int
P()

from dataclasses import dataclass
@dataclass
class P:
    x: int
P(1, 2)

from dataclasses import dataclass
@dataclass
class P:
    x: int
P(y=1)

from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
match P(1, 2):
    case P(0, _): r = "zero"
    case P(x=1, y=yy): r = yy
r

from dataclasses import dataclass
from datetime import timedelta, datetime
@dataclass
class D:
    t: timedelta = timedelta(minutes=5)
    d: datetime = datetime(2024, 1, 1)
    s: str = "x" * 2
D()

from dataclasses import dataclass
@dataclass
class D:
    a: int
    def __lt__(self, o): return self.a < o.a
sorted([D(2), D(1)])

from dataclasses import dataclass
@dataclass
class D:
    a: int
    def __post_init__(self):
        if self.a < 0: raise ValueError("neg")
D(-1)

from dataclasses import dataclass
@dataclass(order=True)
class D:
    a: int
(D(1) < 5)

from typing import NamedTuple
class N(NamedTuple):
    a: int
N()

from typing import NamedTuple
class N(NamedTuple):
    a: int
N(1).a = 2

from typing import NamedTuple
class N(NamedTuple):
    a: int
N(1, 2)

from typing import NamedTuple
class N(NamedTuple):
    a: int = 1
    b: int

from collections import namedtuple
N = namedtuple("N", "a b c", defaults=[3])
M = namedtuple("M", ["x", "y"])
K = namedtuple("K", "a, b")
[N(1, 2), M(1, y=2), K(1, 2), N._fields, N(1, 2)._replace(c=9), N(1, 2)._asdict(), N.__name__, N._field_defaults, M(1, 2) == (1, 2), N._make([1, 2, 3]), M(1, 2) < M(1, 3), [*M(1, 2)], dict(M(1, 2)._asdict()), M(3, 4).index(4), M(3, 4).count(3), M.x, N(1,2)[-1], N(1,2)[:2]] [:-3]

from collections import namedtuple
namedtuple("N", "a a")

from collections import namedtuple
namedtuple("N", "class")

from dataclasses import dataclass, field, asdict, astuple, fields, replace, is_dataclass, InitVar, KW_ONLY, make_dataclass, MISSING
@dataclass
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
p = P(1)
[p, p == P(1), p != P(2), asdict(p), astuple(p), [f.name for f in fields(p)], replace(p, x=5), is_dataclass(p)]

from dataclasses import dataclass, field, asdict, astuple, fields, replace, is_dataclass, InitVar, KW_ONLY, make_dataclass, MISSING
@dataclass
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
p = P(1)
[is_dataclass(P), P(1).z is P(1).z, P.y, p.__dict__, fields(P)[1].default, fields(P)[0].default is MISSING, P.__match_args__]

from dataclasses import dataclass
@dataclass(order=True)
class V:
    a: int
    b: str = "x"
[V(1) < V(2), sorted([V(2), V(1, "z"), V(1, "a")]), V(1) <= V(1), max(V(1), V(3)), V(1) > V(0)]

from dataclasses import dataclass
@dataclass(frozen=True)
class F:
    a: int
    b: tuple = ()
f = F(1)
[{f: 1}[F(1)], len({F(1), F(1), F(2)})]

from dataclasses import dataclass
@dataclass(eq=False)
class F:
    a: int
[F(1) == F(1), len({F(1), F(1)})]

from dataclasses import dataclass
@dataclass
class F:
    a: int
    def __repr__(self): return "mine"
    def __eq__(self, o): return True
[F(1), F(1) == F(2)]

from dataclasses import dataclass, field
@dataclass(kw_only=True)
class F:
    a: int = 1
    b: int
[F(b=2), F(b=1, a=5)]

from dataclasses import dataclass, KW_ONLY
@dataclass
class F:
    a: int
    _: KW_ONLY
    b: int = 3
    c: int = 4
[F(1, c=9), F.__match_args__]

from dataclasses import dataclass, field
@dataclass
class F:
    a: int
    b: int = field(default=5, repr=False, compare=False)
    c: int = field(init=False, default=7)
    d: int = field(init=False)
    def __post_init__(self): self.d = self.a * 2
[F(1), F(1, 2) == F(1, 3), F(2).d, F(1).b]

from dataclasses import dataclass, InitVar
@dataclass
class F:
    a: int
    scale: InitVar[int] = 2
    def __post_init__(self, scale): self.a *= scale
[F(3), F(3, 5).a, F(3).__dict__]

from dataclasses import dataclass, field
from typing import ClassVar, Optional, List
@dataclass
class F:
    K: ClassVar[int] = 9
    a: Optional[str] = None
    b: List[int] = field(default_factory=lambda: [1])
[F(), F.K, F("q", [2])]

from dataclasses import dataclass, asdict
@dataclass
class B:
    x: int = 1
@dataclass
class C(B):
    y: int = 2
    x: int = 10
[C(), C(1, 2), asdict(C()), issubclass(C, B), B() == C(1)]

from dataclasses import dataclass, asdict, field
@dataclass
class I:
    n: str
@dataclass
class O:
    i: I
    l: list
    d: dict = field(default_factory=dict)
o = O(I("a"), [I("b")], {"k": I("c")})
[asdict(o), o, asdict(o, dict_factory=lambda kv: sorted(kv, key=str)), asdict(o)["l"] is o.l]

from dataclasses import dataclass, asdict
@dataclass
class I:
    n: str
    def as_dict(self): return {k: v for k, v in asdict(self).items() if v}
[I("").as_dict(), I("q").as_dict()]

from dataclasses import dataclass
@dataclass(slots=True)
class S:
    a: int
    b: int = 2
s = S(1)
[s, hasattr(s, "__dict__"), S.__slots__]

from dataclasses import make_dataclass, field
P = make_dataclass("P", ["x", ("y", int), ("z", int, field(default=5))])
[P(1, 2), P.__name__]

from dataclasses import dataclass, replace
@dataclass(frozen=True)
class P:
    x: int
    y: int = 0
    @property
    def s(self): return self.x + self.y
    @classmethod
    def of(cls, d): return cls(**d)
    def moved(self, **kw): return replace(self, **kw)
[P.of({"x": 1}).moved(y=5).s, P(1).moved(x=2)]

from dataclasses import dataclass
@dataclass
class P:
    x: int
    def __init__(self, v): self.x = v * 2
[P(4), P(4) == P(4)]

from dataclasses import dataclass, field
@dataclass
class Base:
    name: str
    tags: list = field(default_factory=list)
    def key(self): return self.name.upper()
@dataclass
class Sub(Base):
    n: int = 0
    def key(self): return super().key() + str(self.n)
[Sub("a", ["t"], 3).key(), Sub("b"), Base("a") == Sub("a")]

from dataclasses import dataclass, field, fields
@dataclass
class M:
    a: int = field(default=1, metadata={"k": "v"})
[fields(M)[0].metadata["k"], fields(M)[0].name, M.__dataclass_fields__["a"].name]

from dataclasses import dataclass
@dataclass
class D:
    a: int
    b: str
d = D(1, "x")
a, b = vars(d).values()
[a, b, {**d.__dict__}, D(**{"a": 2, "b": "z"}), D(*[1, 2]), str(d), f"{d}", f"{d!r}"]

from dataclasses import dataclass
@dataclass
class D:
    a: int
    b: str
d = D(1, "x")
a, b = vars(d).values()
("%s" % d)

from dataclasses import dataclass
@dataclass
class D:
    a: int
    b = 5
    def __post_init__(self):
        if self.a < 0: raise ValueError("neg")
        object.__setattr__(self, "c", 1)
[D(1), D(1).c, D(1).b]

from dataclasses import dataclass, field
@dataclass(order=True)
class D:
    a: int
    b: int = field(compare=False, default=0)
    c: int = field(hash=False, default=0)
[D(1, 5) == D(1, 6), D(1, 5, 1) < D(1, 4, 2)]

from typing import NamedTuple
class N(NamedTuple):
    a: int
    b: str = "x"
    def f(self): return self.a * 2
    @property
    def p(self): return self.b + "!"
n = N(1)
[n, n.a, n[1], n.f(), n.p, n._replace(a=5), n._asdict(), N._fields]

from typing import NamedTuple
class N(NamedTuple):
    a: int
    b: str = "x"
    def f(self): return self.a * 2
    @property
    def p(self): return self.b + "!"
n = N(1)
[N._field_defaults, n == (1, "x"), list(n), N(*[1, 2]), N._make([3, 4]), len(n), n + (1,), isinstance(n, tuple)]

from typing import NamedTuple
class N(NamedTuple):
    a: int
    b: str = "x"
    def f(self): return self.a * 2
    @property
    def p(self): return self.b + "!"
n = N(1)
[sorted([N(2), N(1)]), {n: 1}[(1, "x")], "%s %s" % n, str(n), N.__doc__]

from collections import namedtuple
class P(namedtuple("P", "x y")):
    __slots__ = ()
    @property
    def s(self): return self.x + self.y
    def __str__(self): return f"<{self.x},{self.y}>"
p = P(1, 2)
[p, p.s, str(p), f"{p}", p._replace(x=5), P._fields]

from collections import namedtuple
[namedtuple("N", "class b", rename=True)._fields, namedtuple("N", "a _b", rename=True)._fields]

from typing import NamedTuple
N = NamedTuple("N", [("a", int), ("b", str)])
[N(1, "x"), N._fields]

from typing import TypedDict
class T(TypedDict, total=False):
    a: int
    b: str
t = T(a=1)
[t, type(t).__name__, t == {"a": 1}, T({"a": 2}, b=3)]

from typing import TypedDict
T = TypedDict("T", {"a": int, "b-c": str})
t: T = {"a": 1, "b-c": "x"}
(t)

from enum import Enum
class C(Enum):
    A = 1
C(5)

from enum import Enum
class C(Enum):
    A = 1
C["B"]

from enum import Enum
class C(Enum):
    A = 1
C.B

from enum import Enum
class C(Enum):
    A = 1
C.A = 2

from enum import Enum
class C(Enum):
    A = 1
class D(C):
    B = 2

from enum import Enum, auto
class C(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
[m.value for m in C]

from enum import Enum, auto
class S(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    A = auto()
    BIG = auto()
[m.value for m in S]

from enum import Enum, unique
@unique
class E(Enum):
    A = 1
    B = 1

from enum import Enum
class Mixin:
    def up(self): return self.value.upper()
class E(Mixin, Enum):
    A = "x"
E.A.up()

from enum import Enum
class E(Enum):
    A = 1
x = E.A
match x:
    case E.A: r = "a"
    case _: r = "other"
r

from enum import Enum
class E(Enum):
    A = "a"
E.A < E.A

from enum import Enum
class E(Enum):
    A = "a"
E.A + "b"

from enum import Enum
class C(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
[C.RED, C(1), C["GREEN"], list(C), C.CRIMSON is C.RED, C.RED.name, C.CRIMSON.name, C.__members__.keys()]

from enum import Enum
class C(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
[len(C), C.RED in C, str(C.RED), repr(C.RED), f"{C.RED}", C.RED == 1, C.RED != C.GREEN, isinstance(C.RED, C)]

from enum import Enum
class C(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
[C.RED.value, "%s" % C.RED, "{}".format(C.GREEN), {C.RED: 1}[C.RED]]

from enum import StrEnum, auto
class S(StrEnum):
    A = auto()
    B = "bee"
[S.A, S.A.value, str(S.B), f"{S.B}", S.B == "bee", S.A + "x", S.B.upper(), "-".join(S)]

from enum import StrEnum, auto
class S(StrEnum):
    A = auto()
    B = "bee"
[repr(S.B), "%s" % S.B, S("bee"), S.B in ("bee",), {"bee": 1}[S.B], [S.B] == ["bee"], sorted(S)]

from enum import IntEnum
class I(IntEnum):
    A = 1
    B = 2
[I.A + 1, I.A < I.B, str(I.A), f"{I.A}", repr(I.B), I.A == 1, [10, 20, 30][I.B], int(I.A)]

from enum import IntEnum
class I(IntEnum):
    A = 1
    B = 2
[sorted([I.B, I.A]), "%d" % I.A, "%s" % I.A, max(I), sum(I), range(I.B), I.A.name, format(I.A, "03d")]

from enum import IntEnum
class I(IntEnum):
    A = 1
    B = 2
[I(2), bool(I.A), I.A / 2, {1: "x"}[I.A]]

from enum import Enum
class E(str, Enum):
    A = "a"
    B = "b"
    def __str__(self): return self.value
[str(E.A), f"{E.A}", E.A == "a", E.A.upper(), "x" + E.A, repr(E.A), "%s" % E.A, "{}".format(E.A)]

from enum import Enum
class E(str, Enum):
    A = "a"
    B = "b"
    def __str__(self): return self.value
[E("b"), E.A in ["a"], ",".join(E)]

from enum import Enum
class E(str, Enum):
    A = "a"
[str(E.A), f"{E.A}", "%s" % E.A, "{}".format(E.A), "{:>5}".format(E.A), E.A + "z", E.A.value, E.A[0]]

from enum import Enum
class E(str, Enum):
    A = "a"
[len(E.A), E.A.join(["1", "2"]), "".join([E.A, E.A]), f"{E.A!s}", f"{E.A.value}", E.A.__str__()]

from enum import Enum
class E(int, Enum):
    A = 1
[str(E.A), f"{E.A}", "%s" % E.A, "%d" % E.A, "{}".format(E.A), E.A + 1]

from enum import Enum
class Planet(Enum):
    MERCURY = (3.3e23, 2.4e6)
    EARTH = (5.9e24, 6.3e6)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def ratio(self): return self.mass / self.radius
[Planet.EARTH.mass, Planet.EARTH.value, Planet.MERCURY.ratio, Planet((3.3e23, 2.4e6))]

from enum import Enum
class E(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, v): return cls.A if v == "alias" else None
[E("alias"), E("a")]

from enum import Enum
class E(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, v):
        for m in cls:
            if m.value == v.lower(): return m
[E("A"), E("q")]

from enum import Enum
class E(Enum):
    A = 1
    def describe(self): return f"{self.name}={self.value}"
    @classmethod
    def default(cls): return cls.A
    @staticmethod
    def s(): return "s"
    _ignore_ = ["x"]
[E.A.describe(), E.default(), E.s(), E.default().describe()]

from enum import Enum
E = Enum("E", "A B C")
F = Enum("F", ["X", "Y"])
G = Enum("G", {"P": 10, "Q": 20})
H = Enum("H", [("R", 1), ("S", 2)], start=3)
[list(E), E.B.value, F.Y.value, G.Q.value, G(10), H.S.value]

from enum import Enum
class E(Enum):
    A = 1
    B = 2
    __order__ = "A B"
    def __lt__(self, o): return self.value < o.value
[sorted(E, key=lambda m: -m.value), sorted([E.B, E.A]), min(E), {m.name: m.value for m in E}, [m for m in reversed(E)], dict(E.__members__), E.__members__["A"], next(iter(E))]

from enum import Enum
class E(Enum):
    A = [1, 2]
    B = {"k": 1}
[E.A.value, E([1, 2]), E.B.value["k"]]

from enum import Enum
class E(Enum):
    A = 1
    B = A
    def f(self): return self is E.A
[E.B, E.B.f()]

from enum import Enum
class Base(Enum):
    def hello(self): return "hi " + self.name
class E(Base):
    A = 1
[E.A.hello(), isinstance(E.A, Base)]

from enum import Enum
import json
class E(str, Enum):
    A = "a"
[json.dumps({"x": E.A, E.A: 1}), json.dumps([E.A])]

from enum import Enum
class E(Enum):
    A = 1
    B = 2
    def __call__(self): return self.value * 2
[[m() for m in E], E.A.__class__ is E, type(E.A).__name__, E.__name__, E.A._value_, E.A._name_]

from enum import Enum, IntEnum, EnumMeta
(issubclass(IntEnum, int))

from enum import Enum
class E(Enum):
    A = 1
import copy
[copy.copy(E.A) is E.A, copy.deepcopy([E.A])[0] is E.A]

from enum import Enum
class E(Enum):
    X = "x"
    Y = "y"
    @property
    def label(self): return {"x": "Ex", "y": "Why"}[self.value]
    @classmethod
    def choices(cls): return [(m.value, m.label) for m in cls]
    @classmethod
    def from_str(cls, s): return cls[s.upper()]
[E.choices(), E.from_str("x"), list(map(str, E)), [e.value for e in E if e is not E.X], tuple(E)]

from enum import Enum
class LogLevel(int, Enum):
    DEBUG = 10
    INFO = 20
    @classmethod
    def parse(cls, v): return cls(int(v))
[LogLevel.parse("10"), LogLevel.DEBUG < LogLevel.INFO, LogLevel.INFO > 5, LogLevel.DEBUG.name.lower()]
