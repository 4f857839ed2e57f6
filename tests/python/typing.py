from typing import Any, Callable, Dict, List, Optional, Tuple, Union, Literal, Iterable
Alias = Dict[str, List[Optional[int]]]
Fn = Callable[[int, str], Union[int, None]]
def f(a: Alias, b: "Fn" = None) -> Tuple[int, ...]:
    return (1, b)
f({})

from typing import TYPE_CHECKING, cast
if TYPE_CHECKING:
    from nowhere import Nothing
cast("Nothing", 5)

from typing import cast, List
cast(List[int], [1])

from typing import TypeVar, Generic
T = TypeVar("T", bound=int)
class Box(Generic[T]):
    def __init__(self, v: T):
        self.v = v
    def get(self) -> T:
        return self.v
(Box(5).get(), Box[int](6).v)
# unknown: ok

from typing import TypeVar, Generic
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, v: T):
        self.v = v
class Sub(Box[int]):
    pass
(Box(5).v, isinstance(Box(1), Box))

from typing import NamedTuple, Optional
class P(NamedTuple):
    x: int
    y: str = "a"
    z: Optional[int] = None
    def total(self):
        return self.x + 1
p = P(1)
(p, p.x, p.y, p[0], p == (1, "a", None), len(p), list(p), p._asdict(), p._replace(x=5), P(x=1, y="b").y, p.total(), isinstance(p, tuple), P._fields)

from typing import NamedTuple
class P(NamedTuple):
    x: int
P()

from typing import NamedTuple
P = NamedTuple("P", [("x", int), ("y", str)])
(P(1, "a"), P(1, "a").y)

from collections import namedtuple
P = namedtuple("P", "x, y z", defaults=[5])
Q = namedtuple("Q", ["a", "b"])
a, b = Q(1, 2)
(P(1, 2), P(1, 2, 3).z, Q(1, b=2), a, b, Q(1, 2) == (1, 2), Q(1, 2)._asdict(), Q._fields, {Q(1, 2): 3}[(1, 2)], sorted([Q(2, 1), Q(1, 2)]), [q.a for q in [Q(1, 2)]], Q(*[1, 2]), Q(**{"a": 1, "b": 2}))

from collections import namedtuple
P = namedtuple("P", "x y")
P(1)

from collections import namedtuple
P = namedtuple("P", "x y")
P(1, 2, 3)

from collections import namedtuple
P = namedtuple("P", "x y")
P(1, 2).x = 5

from collections import namedtuple
P = namedtuple("P", "x y", defaults=[1, 2, 3])

from typing import TypedDict
class T(TypedDict, total=False):
    a: int
    b: str
t = T(a=1)
t["b"] = "x"
(t, type(t) is dict, T(a=1) == {"a": 1})

from typing import Protocol, runtime_checkable
@runtime_checkable
class HasName(Protocol):
    name: str
class A:
    name = "x"
A().name

from typing import Protocol
class Runner(Protocol):
    def run(self) -> int: ...
class Impl(Runner):
    def run(self):
        return 5
Impl().run()

from typing import NewType, Final, ClassVar, Annotated, overload, final
UserId = NewType("UserId", int)
X: Final = 5
class A:
    n: ClassVar[int] = 2
@final
class B(A):
    pass
(UserId(5), X, A.n, B().n)

from typing import overload
@overload
def f(a: int) -> int: ...
@overload
def f(a: str) -> str: ...
def f(a):
    return a
f(5)

from __future__ import annotations
from typing import Optional
def f(a: Missing, b: Optional[AlsoMissing] = None) -> Nope:
    return a
f(1)

from typing import List
x: List[int] = [1]
y: "Undefined"
x

from typing import Optional, List
(Optional[int] | None) is not None

import typing as t
def f(x: t.Optional[t.Dict[str, t.Any]] = None): return x
f({"a": 1})

from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def run(self): ...
    def go(self):
        return self.run() + 1
class Impl(Base):
    def __init__(self, n):
        self.n = n
    def run(self):
        return self.n
(Impl(4).go(), isinstance(Impl(1), Base), issubclass(Impl, Base))

from abc import ABC, abstractmethod
class Base(ABC):
    @property
    @abstractmethod
    def name(self): ...
class Impl(Base):
    @property
    def name(self):
        return "x"
Impl().name

from abc import ABCMeta
class Base(metaclass=ABCMeta):
    def f(self): return 1
Base().f()

from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def run(self): ...
isinstance(5, Base)

from collections.abc import Mapping, Sequence, Iterable, Callable
(isinstance({}, Mapping), isinstance([], Sequence), isinstance("a", Iterable), isinstance(len, Callable), isinstance({1}, Sequence))
