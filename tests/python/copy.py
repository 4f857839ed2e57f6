import copy
a = {"x": [1, {"y": 2}]}
b, c = copy.copy(a), copy.deepcopy(a)
b["x"].append(3)
c["x"].append(4)
(a, b, c, a["x"] is b["x"], a["x"] is c["x"])

import copy
a = [1]
a.append(a)
b = copy.deepcopy(a)
(b[1] is b, b is a, len(b))

import copy
x = [1]
a = [x, x]
b = copy.deepcopy(a)
(b[0] is b[1], b[0] is x)

import copy
class C:
    def __init__(self):
        self.a = [1]
c = C()
d, e = copy.copy(c), copy.deepcopy(c)
(d is c, d.a is c.a, e.a is c.a, e.a, type(e) is C)

import copy
[copy.copy(5), copy.deepcopy("a"), copy.copy((1, 2)), copy.deepcopy(({}, [1])), copy.copy({1}), copy.deepcopy(frozenset([1])), copy.deepcopy(None), copy.copy(len) is len, copy.deepcopy(int) is int]

import copy
t = (1, "a")
u = ([1], 2)
(copy.deepcopy(t) is t, copy.deepcopy(u)[0] is u[0], copy.deepcopy(u) == u)

import copy
from datetime import datetime, timedelta
d = {"start": datetime(2024, 1, 1), "delay": timedelta(1), "f": copy.copy}
e = copy.deepcopy(d)
(e == d, e["f"] is copy.copy)

import copy
class C:
    def __init__(self): self.x = 1
    def __deepcopy__(self, memo):
        return "deep"
    def __copy__(self):
        return "shallow"
(copy.copy(C()), copy.deepcopy(C()), copy.deepcopy([C()]))

import copy
from collections import defaultdict, OrderedDict
d = defaultdict(list, a=[1])
e = copy.deepcopy(d)
e["b"].append(2)
(e, d, type(copy.copy(OrderedDict(a=1))).__name__)

import copy
from enum import Enum
class E(Enum):
    A = [1]
(copy.deepcopy(E.A) is E.A, copy.copy(E.A) is E.A)

import copy
class D(dict):
    pass
d = D(a=[1])
d.x = 5
e = copy.deepcopy(d)
(e, e.x, e["a"] is d["a"], type(e).__name__)

from dataclasses import dataclass, field
import copy
@dataclass
class P:
    x: int
    y: list = field(default_factory=list)
p = P(1, [2])
q = copy.deepcopy(p)
q.y.append(3)
(p.x, q.x, p.y, q.y, p == P(1, [2]))

from copy import deepcopy
args = {"owner": "a", "retries": 1}
other = deepcopy(args)
other.update({"retries": 2})
(args, other)

import copy
copy.copy()
