from collections import defaultdict
d = defaultdict(list)
d["a"].append(1)
d["a"].append(2)
d["b"]
(d, dict(d), d.get("zz"), "zz" in d, len(d), d == {"a": [1, 2], "b": []}, d.default_factory is list)

from collections import defaultdict
d = defaultdict(int, a=1)
d["a"] += 1
d["b"] += 5
sorted(d.items())

from collections import defaultdict
d = defaultdict(lambda: "x")
(d["q"], list(d), isinstance(d, dict))

from collections import defaultdict
d = defaultdict(None)
d["x"]

from collections import defaultdict
d = defaultdict(lambda: defaultdict(int))
d["a"]["b"] += 1
(d["a"]["b"], list(d["a"]))

from collections import OrderedDict
a = OrderedDict([("a", 1), ("b", 2)])
b = OrderedDict([("b", 2), ("a", 1)])
(a == b, a == {"b": 2, "a": 1}, list(a), list(reversed(a)), a.popitem(last=False), list(a))

from collections import OrderedDict
a = OrderedDict(a=1, b=2)
a.move_to_end("a")
b = list(a)
a.move_to_end("a", last=False)
(b, list(a), dict(a), a | {"c": 3} == {"a": 1, "b": 2, "c": 3}, type(a | {}).__name__)

from collections import OrderedDict
OrderedDict().popitem()

from collections import Counter
c = Counter("banana")
(c, c["a"], c["zz"], c.most_common(2), c.most_common(), sorted(c.elements()), len(c), dict(c))

from collections import Counter
c = Counter(a=3, b=1)
c.update("ab")
c.subtract({"a": 1})
(c, c + Counter(a=1), c - Counter(a=1), c & Counter(a=1), c | Counter(z=9), c == Counter(a=3, b=2), c.total())

from collections import Counter
c = Counter()
c["x"] += 1
del c["nope"]
(c, repr(Counter()), bool(Counter()))

from collections import namedtuple
P = namedtuple("P", ["x", "y"])
p = P(1, y=2)
(p, p.x, p[1], tuple(p), p == (1, 2), list(p), p._asdict(), p._replace(x=5), P._fields, len(p), p + (3,), isinstance(p, tuple), {p: 1}[(1, 2)])

from collections import namedtuple
P = namedtuple("P", "a b c", defaults=[3])
x, y, z = P(1, 2)
(x, y, z, sorted([P(2, 1), P(1, 2)]), P(1, 2) < P(1, 3))

from collections import namedtuple
P = namedtuple("P", "a")
P(1).a = 2

from collections import namedtuple
P = namedtuple("P", "a")
P()

from typing import NamedTuple
class P(NamedTuple):
    x: int
    y: str = "d"
    def both(self):
        return f"{self.x}{self.y}"
p = P(1)
(p, p.both(), p.y, p == (1, "d"), p._replace(y="e"), P(x=3, y="z"), "%s-%s" % p, [*p])

from typing import NamedTuple, TypedDict
class P(NamedTuple):
    x: int
    y: str = "d"
class T(TypedDict, total=False):
    a: int
(P._fields, P._field_defaults, list(P.__annotations__), list(T.__annotations__))
