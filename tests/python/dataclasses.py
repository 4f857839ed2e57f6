from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass
@dataclass
class P:
    x: int
    y: str = "a"
    z: list = field(default_factory=list)
p = P(1)
q = P(2, y="b", z=[3])
(p.x, p.y, p.z, asdict(q), astuple(q), p == P(1), p != q, replace(p, x=5).x, [f.name for f in fields(P)], is_dataclass(P), is_dataclass(p), is_dataclass(int), P(1).z is P(1).z)

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
@dataclass(frozen=True)
class P:
    x: int
p = P(1)
d = {p: "a"}
(d[P(1)], p.x, p == P(1))

from dataclasses import dataclass
@dataclass(frozen=True)
class P:
    x: int
try:
    P(1).x = 2
except AttributeError as e:
    r = str(e)
r

from dataclasses import dataclass, asdict
@dataclass
class A:
    n: int
@dataclass
class B:
    a: A
    l: list
    d: dict
asdict(B(A(1), [A(2), {"k": A(3)}], {"x": (A(4), 5)}))

from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: int = field(init=False)
    def __post_init__(self):
        self.y = self.x * 2
P(4).y

from dataclasses import dataclass
@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Sub(Base):
    c: int = 3
s = Sub(1)
(s.a, s.b, s.c, Sub(1, 5, 6).b)

from dataclasses import dataclass, asdict
@dataclass
class P:
    x: int = 1
    def double(self):
        return self.x * 2
    @property
    def half(self):
        return self.x / 2
    @classmethod
    def make(cls, **kw):
        return cls(**kw)
(P.make(x=4).double(), P().half, asdict(P()), P.x)

from dataclasses import dataclass, asdict
@dataclass
class P:
    x: int = 1
asdict(P())["x"] + asdict(P(2), dict_factory=lambda items: dict(items, y=3))["y"]

from dataclasses import asdict
asdict({"a": 1})

from dataclasses import replace
replace(5)

from dataclasses import field
field(default=1, default_factory=list)

from dataclasses import dataclass, field
from typing import List, Optional, ClassVar
@dataclass
class Config:
    name: str
    tags: List[str] = field(default_factory=list)
    owner: Optional[str] = None
    KIND: ClassVar[str] = "x"
c = Config("a", owner="me")
(c.name, c.tags, c.owner, Config.KIND, c.KIND, c == Config("a", [], "me"))

from dataclasses import dataclass
@dataclass(order=True)
class V:
    a: int
    b: int
(V(1, 2) < V(1, 3), sorted([V(2, 1), V(1, 9)])[0].b)
# unknown: ok

from dataclasses import dataclass
@dataclass(eq=False)
class V:
    a: int
V(1) == V(1)

import dataclasses
@dataclasses.dataclass
class Cfg:
    jobs: dict
    def __getitem__(self, k):
        return self.jobs[k]
Cfg({"a": 1})["a"]

from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: str
str(P(1, "a"))
# unknown: ok

from dataclasses import dataclass
@dataclass
class P:
    x: list = []

from dataclasses import dataclass
@dataclass
class P:
    a: int = 1
    b: int

from dataclasses import dataclass, KW_ONLY
@dataclass
class P:
    a: int
    _: KW_ONLY
    b: int = 2
P(1, b=3).b
# unknown: ok

from dataclasses import dataclass, field
@dataclass
class P:
    name: str
    tags: list = field(default_factory=list)
    note: str = "n"
(repr(P("a", ["x"])), f"{P('b')}", list(P.__dataclass_fields__))

from dataclasses import dataclass, fields
@dataclass
class P:
    name: str
    size: int = 3
raw = {"name": "a", "other": 1}
(P(**{f: raw[f] for f in P.__dataclass_fields__ if f in raw}), [f.name for f in fields(P)], fields(P)[1].default)

from dataclasses import dataclass
def make():
    @dataclass
    class Inner:
        x: object = 3
    return Inner
a = make()()
a.x = a
(repr(make()()), repr(a))
