from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = "g"
(Color.RED, Color.RED.value, Color.RED.name, Color("g"), Color["RED"], [c.name for c in Color], len(Color), Color.RED is Color.RED, Color.RED == 1, Color.RED in Color, str(Color.RED), f"{Color.GREEN}", Color.GREEN.value)

from enum import Enum
class E(str, Enum):
    A = "a"
    B = "b"
(E.A == "a", E.A.value, E.A.upper(), E("b").name, E.A in ("a", "c"), {"a": 1}[E.A], "x" + E.A, E.A + "x", ",".join([E.A, E.B]), E.A.startswith("a"), [e.value for e in E], isinstance(E.A, str))

from enum import IntEnum
class E(IntEnum):
    A = 1
    B = 2
(E.A + 1, E.B > E.A, E(2), E.A == 1, [1, 2][E.A], sum(E), max(E).name, E.A.value)

from enum import Enum, auto
class E(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
[e.value for e in E]

from enum import Flag, auto
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
[p.value for p in P]
# unknown: ok

from enum import StrEnum, auto
class S(StrEnum):
    FOO = auto()
    BAR = "b"
(S.FOO, str(S.FOO), S.FOO.value, f"{S.BAR}", S.FOO == "foo")
# python: 3.11

from enum import Enum
class Color(Enum):
    RED = 1
Color(5)

from enum import Enum
class Color(Enum):
    RED = 1
Color["X"]

from enum import Enum
class Color(Enum):
    RED = 1
Color.X
# unknown: ok

from enum import Enum
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.642, 3.38)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def ratio(self):
        return self.mass / self.radius
    @classmethod
    def heavy(cls):
        return [p.name for p in cls if p.mass > 1]
(Planet.EARTH.mass, Planet.MARS.value, Planet.EARTH.ratio > 0.9, Planet.heavy(), Planet((0.642, 3.38)).name)

from enum import Enum
class E(Enum):
    A = 1
    B = 1
([e.name for e in E], E.B is E.A, E.B.name)

from enum import unique, Enum
@unique
class E(Enum):
    A = 1
    B = 2
{e: e.value for e in E}[E.B]

from enum import Enum
class Env(Enum):
    DEV = "dev"
    PROD = "prod"
    @staticmethod
    def current():
        return Env.DEV
    def __str__(self):
        return self.value
(str(Env.current()), f"{Env.PROD}", Env.DEV != Env.PROD, Env.current() is Env.DEV, sorted(e.value for e in Env))

from enum import Enum
class E(str, Enum):
    A = "a"
    def __str__(self):
        return str(self.value)
(str(E.A), f"{E.A}", "%s" % E.A)

from enum import Enum
E = Enum("E", "A B")
E.A.value
# unknown: ok

from enum import Enum
class E(Enum):
    _ignore_ = ["x"]
    A = 1
list(E)
# unknown: ok

import enum
class Schedule(enum.Enum):
    DAILY = "@daily"
isinstance(Schedule.DAILY, enum.Enum)

from enum import Enum
class S(str, Enum):
    A = "a"
    B = "b"
    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "alpha" else None
(S("alpha"), S("b"), {S.A: 1}["a"], "-".join([S.A, S.B]))

from enum import Enum
class S(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, value):
        return None
S("x")

# unknown: ok
import enum
class F(enum.Flag):
    A = 1
    B = 2
((F.A | F.B).value, F.A in (F.A | F.B))
