import heapq
h = [5, 3, 8, 1, 9, 2]
heapq.heapify(h)
heapq.heappush(h, 0)
[list(h), heapq.heappop(h), list(h), heapq.heappushpop(h, 4), heapq.heapreplace(h, 7), list(h), heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [1, 5, 3], key=lambda v: -v), list(heapq.merge([1, 4], [2, 3])), heapq.nlargest(0, [1]), heapq.nsmallest(5, "bca")]

import heapq
h = []
for item in [(3, "c"), (1, "z"), (1, "a"), (2, "b")]:
    heapq.heappush(h, item)
[heapq.heappop(h) for _ in range(4)]

import heapq
heapq.heappop([])

import bisect
l = [1, 2, 2, 3]
bisect.insort(l, 2)
bisect.insort_left(l, 0)
[l, bisect.bisect(l, 2), bisect.bisect_left(l, 2), bisect.bisect_right([1, 5], 3, key=lambda v: v), bisect.bisect([], 1), bisect.bisect_left("abc", "b"), bisect.bisect([1, 2, 3], 2, 0, 2)]

import statistics as s
[s.mean([1, 2, 3]), s.mean([1, 2]), s.mean([0.1, 0.2, 0.3]), s.median([3, 1, 2]), s.median([1, 2, 3, 4]), s.median_low([1, 2]), s.median_high([1, 2]), s.mode("aabbb"), s.multimode([1, 1, 2, 2, 3]), s.variance([1, 2, 3]), s.pvariance([1, 2, 3, 4]), s.stdev([1, 2, 3, 4]), s.pstdev([1.5, 2.5, 4.0]), s.stdev([0.1, 0.7, 1e3]), s.variance([2.5, 3.5]), s.mean([True, 2]), s.mean([1e300, 1e300])]

import statistics
statistics.mean([])

import statistics
statistics.stdev([1])

from functools import total_ordering
@total_ordering
class V:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
[V(1) <= V(1), V(2) > V(1), V(2) >= V(3), V(1) != V(2), max(V(1), V(5)).x, sorted([V(2), V(1)], reverse=True)[0].x, V(1) >= V(1), V(1) > V(1)]

from functools import total_ordering
@total_ordering
class V:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __ge__(self, o): return self.x >= o.x
[V(1) <= V(1), V(2) > V(1), V(2) < V(3), V(1) < V(1)]

from functools import total_ordering
@total_ordering
class V: pass

from functools import cmp_to_key
[sorted([1, 3, 2], key=cmp_to_key(lambda a, b: b - a)), min([4, 2], key=cmp_to_key(lambda a, b: a - b)), cmp_to_key(lambda a, b: a - b)(1) == cmp_to_key(lambda a, b: a - b)(1)]

from functools import singledispatch
@singledispatch
def f(x, y=0): return ("other", x, y)
@f.register
def _(x: int, y=0): return ("int", x, y)
@f.register(str)
def _(x, y=0): return ("str", x, y)
@f.register(list)
@f.register(tuple)
def _(x, y=0): return ("seq", len(x), y)
class Base: pass
class Sub(Base): pass
@f.register(Base)
def of_base(x, y=0): return "base"
[f(1), f("a", 2), f(2.5), f([]), f((1,)), f(True), f(None), f(Sub()), f.__name__, f.dispatch(str)("q"), of_base(1)]

from functools import singledispatchmethod, partialmethod
class A:
    @singledispatchmethod
    def f(self, x): return "other"
    @f.register
    def _(self, x: int): return ("int", self.n, x)
    @f.register(str)
    def _(self, x): return "str"
    n = 5
    def g(self, a, b=1): return (self.n, a, b)
    h = partialmethod(g, 7, b=9)
[A().f(1), A().f("s"), A().f(1.5), A().h(), A().h(b=3)]

def f(a: int, b: "str" = "x", *args: float, c=3, d: list, **kw: dict) -> None: pass
def g(): pass
[f.__annotations__, f.__defaults__, f.__kwdefaults__, g.__annotations__, g.__defaults__, g.__kwdefaults__, (lambda x=1, *, y=2: x).__defaults__]

from collections import ChainMap
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
c = ChainMap(a, b)
c["new"] = 5
d = c.new_child({"x": 9})
[c["y"], c["z"], dict(c), list(c), len(c), c.get("q"), c.get("q", 1), "z" in c, "q" in c, a, b, d["x"], d.parents["x"], {**c}, sorted(c.items()), list(c.values()), c.maps[1] is b, bool(ChainMap()), repr(ChainMap({"a": 1}, {})), ChainMap({"a": 1}) == {"a": 1}, d.pop("x"), len(d.maps)]

from collections import ChainMap
ChainMap({"a": 1})["b"]

from collections import ChainMap
c = ChainMap({"a": 1}, {"b": 2})
del c["b"]

from collections import UserDict, UserList
class D(UserDict):
    def __setitem__(self, key, value): super().__setitem__(key.upper(), value)
class L(UserList):
    def total(self): return sum(self.data)
d = D(a=1, b=2)
d["c"] = 3
d.update({"d": 4})
l = L([1, 2])
l.append(3)
[d.data, d["A"], "a" in d, len(d), dict(d), list(d), d.get("zz", 0), d.pop("A"), d.setdefault("q", 7), sorted(d.items()), l, l.total(), len(l), l[0], l[1:].total(), list(reversed(l.data)), l == [1, 2, 3], isinstance(d, UserDict)]

from graphlib import TopologicalSorter
[list(TopologicalSorter({"c": {"b"}, "b": {"a"}}).static_order()), list(TopologicalSorter({"d": ["b", "c"], "b": ["a"], "c": ["a"]}).static_order())]

from graphlib import TopologicalSorter
t = TopologicalSorter({"b": ["a"], "c": ["a"], "d": ["b", "c"]})
t.prepare()
batches = []
while t.is_active():
    ready = t.get_ready()
    batches.append(ready)
    t.done(*ready)
batches

from graphlib import TopologicalSorter
list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order())

from contextlib import ContextDecorator, AbstractContextManager
log = []
class C(ContextDecorator):
    def __enter__(self): log.append("enter"); return self
    def __exit__(self, *exc): log.append("exit"); return False
@C()
def f(x):
    log.append(x)
    return x * 2
class M(AbstractContextManager):
    def __exit__(self, *exc): log.append("left"); return None
with M() as m:
    log.append(type(m).__name__)
[f(4), f.__name__, log]

import csv, io
o = io.StringIO()
w = csv.writer(o)
w.writerow(["a", "b,c", 1, None, 'q"q', 2.5, True, "x\ny"])
w.writerows([[1, 2], [""], [None], []])
d = csv.DictWriter(o, ["x", "y"], restval="-")
d.writeheader()
d.writerow({"x": 1})
csv.writer(o, delimiter=";", lineterminator="\n").writerow(["a;b", "c,d"])
csv.writer(o, quoting=csv.QUOTE_ALL).writerow([1, None])
csv.writer(o, quoting=csv.QUOTE_NONNUMERIC).writerow([1, "a"])
o.getvalue()

import csv, io
csv.DictWriter(io.StringIO(), ["a"]).writerow({"b": 1})

import keyword
keyword.iskeyword("for"), keyword.iskeyword("match"), len(keyword.kwlist), keyword.kwlist[3]

from packaging.version import Version, parse, InvalidVersion
from packaging import version
[Version("1.10") > Version("1.9"), parse("2.0.0rc1").is_prerelease, str(Version("1.0")), Version("3.0.6").major, parse("2.10.5") >= parse("2.4"), Version("1.2.3").base_version, Version("1.2.3").release, Version("1.0") == Version("1.0.0"), version.parse("2.0.0.dev1") < version.parse("2.0.0a1"), Version("1!2.0") > Version("3"), str(Version("v1.0-RC.1")), Version("1.0.post1") > Version("1.0"), Version("1.0+local.1") > Version("1.0"), repr(Version("2")), Version("2.7").minor, Version("2").micro, sorted(["1.10", "1.9", "1.9.1"], key=Version), str(Version("1.0-1")), Version("1.0.dev2").is_devrelease]

from packaging.version import parse
parse("not a version")

import io
w = io.StringIO()
print("a", 1, file=w)
print("b", end="", sep="", file=w)
print(*[1, 2], sep="-", file=w)
w.getvalue()

# unknown: ok
import statistics
statistics.mean([float("inf"), 1])

# unknown: ok
import csv, io
o = io.StringIO()
try:
    w = csv.writer(o, dialect="unix")
    w.writerow([1])
except Exception:
    r = "caught"
else:
    r = o.getvalue()
r
