class A:
    x = 1
    def f(self):
        return self.x
a = A()
a.y = 2
(a.f(), a.y, A.x, a.x, hasattr(a, "z"), getattr(a, "z", None))

class A:
    pass
A().nope

class A:
    pass
A.nope

class A:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return A(self.n + (other.n if isinstance(other, A) else other))
    def __radd__(self, other):
        return A(other + self.n)
    def __eq__(self, other):
        return isinstance(other, A) and self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
    def __repr__(self):
        return f"A({self.n})"
    def __len__(self):
        return self.n
    def __bool__(self):
        return self.n > 1
    def __contains__(self, item):
        return item == self.n
    def __getitem__(self, key):
        return key * 2
    def __neg__(self):
        return A(-self.n)
    def __call__(self, x):
        return x + self.n
    def __hash__(self):
        return 1
a, b = A(1), A(2)
(a + b, a + 1, 1 + a, a == A(1), a != b, a < b, b > a, [a, b], len(b), bool(a), 2 in b, a["x"], -a, a(5), sorted([b, a]), max(a, b), sum([a, b], A(0)))

class A:
    def __rshift__(self, other):
        return ("r", other)
    def __rrshift__(self, other):
        return ("rr", other)
    def __lshift__(self, other):
        return ("l", other)
a = A()
(a >> 1, 1 >> a, [1] >> a, a << 2)

class A:
    def __add__(self, other):
        return NotImplemented
A() + 1

class A:
    pass
A() < A()

class A:
    pass
A() + 1

class A:
    pass
a = A()
(a == a, a == A(), a != A(), a in [a], [a].index(a))

class A:
    def __init__(self):
        self._x = 1
    @property
    def x(self):
        return self._x
    @x.setter
    def x(self, value):
        self._x = value * 2
    @staticmethod
    def s(a):
        return a + 1
    @classmethod
    def c(cls, a):
        return (cls.__name__, a)
a = A()
a.x = 5
(a.x, A.s(1), a.s(1), A.c(2), a.c(2))

class A:
    @property
    def x(self):
        return 1
A().x = 5
1

class A:
    def __getattr__(self, name):
        if name.startswith("a"):
            return name.upper()
        raise AttributeError(name)
(A().abc, hasattr(A(), "xyz"), getattr(A(), "b", 0))

class A:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value + 1)
a = A()
a.x = 1
a.x

class A:
    def __init__(self):
        self.d = {}
    def __setitem__(self, k, v):
        self.d[k] = v
    def __delitem__(self, k):
        del self.d[k]
    def __iter__(self):
        return iter(self.d)
a = A()
a["x"] = 1
a["y"] = 2
del a["x"]
(list(a), "y" in a, [*a])

class A:
    def __init__(self):
        self.i = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i
(list(A()), sum(A()), [x for x in A()], next(A()), 2 in A(), dict(zip("ab", A())))

class A:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10
(list(A()), 20 in A())

class A:
    def __len__(self):
        return 0
bool(A())

class A:
    def __str__(self):
        return "s"
    def __format__(self, spec):
        return f"<{spec}>"
a = A()
(str(a), f"{a}", f"{a:x}", "{:y}".format(a), "%s" % a)

class A:
    def __repr__(self):
        return "R"
(str(A()), repr([A()]), f"{A()}", f"{A()!r}")

class A:
    def __index__(self):
        return 2
([1, 2, 3][A()], hex(A()), list(range(A())), "ab" * A())

class A:
    def __int__(self):
        return 7
    def __float__(self):
        return 1.5
    def __abs__(self):
        return "abs"
    def __round__(self, n=None):
        return ("round", n)
    def __divmod__(self, o):
        return "dm"
(int(A()), float(A()), abs(A()), round(A()), round(A(), 2), divmod(A(), 1))

class A(str):
    pass
a = A("x")
(a + "y", a.upper(), a == "x", {"x": 1}[a], isinstance(a, str), len(a), a in ["x"], "".join([a]))

class A(dict):
    def __missing__(self, key):
        return key + "!"
a = A(x=1)
(a["x"], a["y"], len(a), list(a), a.get("z"), "x" in a, isinstance(a, dict), {**a})

class A(list):
    def total(self):
        return sum(self)
a = A([1, 2])
a.append(3)
(a.total(), len(a), a[0], list(a), a == [1, 2, 3])

class A(int):
    pass
(A(5) + 1, A(5) == 5, [0, 1][A(1)])

class E(Exception):
    pass
try:
    raise E("a", 1)
except E as e:
    r = (str(e), e.args, repr(e), isinstance(e, Exception))
r

class E(ValueError):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code
try:
    raise E(5)
except ValueError as e:
    r = (str(e), e.code, e.args)
r

class A:
    pass
class B(A):
    pass
class C:
    pass
(isinstance(B(), A), issubclass(B, A), isinstance(C(), A), isinstance(B(), (C, A)), type(B()) is B, type(B()).__name__, issubclass(B, object))

class A:
    x = []
A.x.append(1)
A.y = 5
(A().x, A().y, A.__name__)

class A:
    pass
a = A()
a.x = 1
a.__dict__.update({"y": 2})
vars(a)["z"] = 3
(a.y, a.z, vars(a), a.__dict__ == {"x": 1, "y": 2, "z": 3}, "x" in vars(a), dict(vars(a)), len(vars(a)), list(a.__dict__.items()))

class A:
    pass
a = A()
a.x = 1
del a.x
hasattr(a, "x")

class A:
    pass
a = A()
setattr(a, "n" + "m", 5)
(a.nm, getattr(a, "nm"))

class A:
    """Doc."""
    def f(self):
        "F doc."
(A.f.__doc__, A.f.__name__, A().f.__name__, A().__class__ is A, A.__module__, A().__class__.__name__)

class A:
    def f(self):
        return 1
class B(A):
    def f(self):
        return super().f() + 1
B().f()

class A:
    def __eq__(self, o):
        return True
{A(): 1}

class A:
    def __enter__(self):
        return 5
    def __exit__(self, *a):
        return False
with A() as x:
    y = x
y

def f():
    pass
f.attr = 5
(f.attr, f.__name__, hasattr(f, "nope"), f.__dict__ if False else 1)

def f(a, b=2, *args, c=3, **kw):
    "Doc"
    return (a, b, args, c, kw)
(f(1), f(1, 2, 3, c=4, d=5), f.__doc__, f.__name__)

class A:
    def __iadd__(self, o):
        return ("iadd", o)
a = A()
a += 5
a

class A:
    def __add__(self, o):
        return ("add", o)
a = A()
a += 5
a

class A:
    def __ge__(self, o):
        return "ge"
(A() >= 1, 1 <= A())

class A:
    def __getitem__(self, key):
        return key
(A()[1:2], A()[1, 2], A()[...])

class A:
    def __reversed__(self):
        return iter("rev")
list(reversed(A()))

class D:
    def __get__(self, obj, cls):
        return ("got", cls.__name__)
class A:
    x = D()
(A().x, A.x)

class Meta:
    pass
isinstance(Meta, type)

class A:
    y: int = 5
A.y

class Base:
    seen = []
    def __init_subclass__(cls, kind="plain", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.kind = kind
        Base.seen.append(cls.__name__)
class Left(Base):
    """Left."""
class Right(Base, kind="special"): pass
(Base.seen, Left.kind, Right.kind, Left.__doc__, Right.__doc__)

d = {"a": 1}
for key in d:
    d[key + "b"] = 2
d

class A:
    class B:
        def f(self): pass
(A.B.__qualname__, A.B.f.__qualname__, A.__qualname__)

class D:
    def __set_name__(self, owner, name):
        self.name = name
        owner.names = getattr(owner, "names", []) + [name]
    def __get__(self, obj, cls):
        return (self.name, obj is None)
class A:
    x = D()
    y = D()
(A.x, A().y, A.names)

class Base:
    found = []
    def __init_subclass__(cls, **kwargs):
        Base.found.append(cls.__name__)
def make(name):
    return type(name, (Base,), {"kind": name.lower(), "shout": lambda self: self.kind.upper()})
classes = [make(name) for name in ("Foo", "Bar")]
([c.__name__ for c in classes], classes[0]().shout(), isinstance(classes[1](), Base), Base.found, type("X", (), {})().__class__.__name__, type("Y", (object,), {"a": 1}).a)

# unknown: ok
class M(type):
    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = name.lower()
        return cls
class A(metaclass=M): pass
class B(A): pass
(A.tag, B.tag)

# unknown: ok
class Single(type):
    made = {}
    def __call__(cls, *args):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args)
        return cls.made[cls]
class A(metaclass=Single):
    def __init__(self, n):
        self.n = n
(A(1) is A(2), A(3).n)

# unknown: ok
class M(type):
    names = []
    def __init__(cls, name, bases, ns):
        M.names.append(name)
class A(metaclass=M): pass
class B(A): pass
M.names
