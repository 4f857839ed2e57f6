def f():
    try: return 1
    finally: return 2
f()

def f():
    for i in range(3):
        try: continue
        finally:
            if i == 1: break
    return i
f()

try:
    try: 1 / 0
    finally: x = 1
except ZeroDivisionError as e: r = (e.args, x)
r

class E1(Exception):
    def __init__(self, code, msg="m"): super().__init__(f"{code}:{msg}"); self.code = code
class E2(E1): pass
try: raise E2(5)
except (TypeError, E1) as e: r = (e.code, str(e), e.args, type(e).__name__, isinstance(e, Exception))
r

def g():
    try:
        yield 1
        yield 2
    finally: log.append("closed")
log = []
for x in g():
    log.append(x); break
log

def g():
    r = yield from h()
    yield r
def h():
    yield 1
    return 9
list(g())

x = 10
def f():
    print(x)
    x = 5
f()

a, b = 1

a, b, c = 1, 2

a, *b, c = [1]

l = [1, 2, 3, 4, 5]
l[1:3] = ["a", "b", "c"]
l[::2] = [0, 0, 0]
del l[0:2]
l[1:1] = [9]
l

l = [1, 2, 3]
l[::2] = [1]

for i in {"a": 1}: pass
else: i += "!"
i

d = {"a": 1}
for k in d: d[k + "x"] = 1

def f(a, /, b, *, c): return (a, b, c)
f(a=1, b=2, c=3)

def f(a, /, **kw): return (a, kw)
f(1, a=2)

def f(a): pass
f(1, a=2)

def f(**kw): pass
f(**{"a": 1}, **{"a": 2})

match {"a": 1, "b": [1, 2, 3], "c": "x"}:
    case {"a": int(n), "b": [first, *rest], **other} if n > 0: r = (n, first, rest, other)
r

def m(v):
    match v:
        case 0 | 1: return "01"
        case -1: return "neg"
        case "a" | "b" as s: return s
        case True: return "t"
        case None: return "none"
        case []: return "empty"
        case [x]: return ("one", x)
        case [x, y, *_]: return ("many", x, y)
        case {"k": v, **rest}: return ("k", v, rest)
        case {}: return "dict"
        case str(): return "str"
        case float() | int() as n if n > 100: return "big"
        case int(n): return n
        case (a, b): return "never"
        case _: return "other"
[m(v) for v in [0, 1, True, -1, "a", "zz", None, [], [5], (1, 2), [1, 2, 3], {"k": 1, "j": 2}, {"z": 1}, 200, 7, 1.5, 150.5, {1}, b"x", range(2), ""]]

x = 3
match x:
    case 1: r = "a"
    case y: r = y
r

class C:
    A = 1
match 1:
    case C.A: r = "dotted"
r

def f():
    global gg
    gg = 5
f()
gg

assert 1 == 1, "no"
assert False, "msg"

i = 0
while True:
    i += 1
    if i == 3: continue
    if i > 5: break
else: i = 100
i

while False: pass
else: x = "else"
x

n = 0
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]: n += a * b * c
n

t = (1, [2])
try: t[1] += [3]
except TypeError: pass
t

from functools import reduce
reduce(lambda a, b: a | b, [{"a": 1}, {"b": 2}])

"{}".format()

"{a}".format(b=1)

"{0} {}".format(1, 2)

sorted([3, "a"])

sorted([None, 1])

list(zip([1], [2, 3], strict=True))

next(iter([]))

def f(): x = 1; y = 2; return locals()
f()

globals()["dyn"] = 5
dyn

del_me = 1
del del_me
"del_me" in globals()

del_me = 1
del del_me
del_me

class A: pass
a = A()
a.b = A()
a.b.c = [1, {"k": 2}]
a.b.c[1]["k"] += 5
a.b.c

x = [1, 2, 3]
for i in x:
    if i == 2: x.remove(i)
x

s = "abc"
s[0] = "x"

(1,)[0] = 5

{}["a"]

[][0]

"a" + 1

None.x

(1).foo()

undefined_name

1 / 0

int("x")

[1, 2].index(5)

{"a": 1}["b"]

len(5)

[] < {}

"a" * "b"

float("abc")

{[]: 1}

{1, []}

5()

def fib(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
fib(80)

def compose(*fs): return lambda x: __import__("functools").reduce(lambda a, f: f(a), fs, x)
compose(str.strip, str.upper, lambda s: s + "!")("  hi ")

with __import__("contextlib").suppress(KeyError):
    {}["x"]
    z = 1
"z" in globals()

log = []
def f():
    try:
        log.append("try"); raise KeyError("a")
    except KeyError as e:
        log.append(repr(e)); return "r"
    else: log.append("else")
    finally: log.append("fin")
[f(), log]

class E(Exception): pass
[str(E("a", 1)), repr(E("a")), str(E()), E(1).args, repr(KeyError("k")), str(KeyError("k")), str(ValueError(None)), str(UnicodeError("q"))]

class E(Exception): pass
[StopIteration(5).value, SystemExit(3).code]

def g():
    while True:
        try: x = yield
        except ValueError: yield "ve"
        else: yield x
it = g(); next(it)
(next(it))

def g():
    yield 1
it = g()
it.close()
[list(it), next(it, "d")]

def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = outer(); i(); i()
[i(), outer()()]

fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
[[f() for f in fs], [g() for g in gs]]

x = 5
y = [x for x in range(3)]
[x, y, [z := 3, z + 1], z]

a, *b, c = range(5)
*d, e = "xy"
(f, g), [h, *i] = (1, 2), (3, 4, 5)
[a, b, c, d, e, f, g, h]

a, *b, c = range(5)
*d, e = "xy"
(f, g), [h, *i] = (1, 2), (3, 4, 5)
(i)

l = [3, 1, 2]
l.sort(key=lambda v: -v); m = sorted(l, reverse=True); l.reverse(); l.insert(-1, 9); l.extend("ab"); p = l.pop(1); l.remove("a")
[l, m, p, l.index(9), l.count(3), l.copy() is l, [1] * 3 + [2], [[0] * 2] * 2]

d = {"a": 1, "b": 2}
d |= {"c": 3}
e = d | {"a": 9}
k = list(d.keys() & {"a", "z"}), sorted(d.keys() | {"q"}), d.items() >= {("a", 1)}
[d, e, k, list(reversed(d)), d.pop("a"), d.popitem(), d.setdefault("n", []), d]

d = {"a": 1, "b": 2}
d |= {"c": 3}
e = d | {"a": 9}
k = list(d.keys() & {"a", "z"}), sorted(d.keys() | {"q"}), d.items() >= {("a", 1)}
[dict.fromkeys("ab", 0), {**d, "x": 1}, list(d.items()), d.keys() == {"b", "n"}, d.get("zz"), dict([("a", 1)], b=2)]

d = {1: "a", True: "b", 1.0: "c"}
[d, len({1, 1.0, True}), {"a": 1}["a"], 1 in d]

def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
[f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3, "z": 1}), f(1, *(2,), *[3], c=1, **{"q": 1}, **{"r": 2})]

def f(a, /, b, *, c): return (a, b, c)
[f(1, b=2, c=3), f(1, 2, c=3)]

def f(x, acc=[]): acc.append(x); return acc
[f(1), f(2), f(3, [])]

class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def m(p):
    match p:
        case P(0, 0): return "origin"
        case P(x, 0): return ("x", x)
        case P(x=a, y=b) if a == b: return "diag"
        case P(): return "p"
[m(P(0, 0)), m(P(3, 0)), m(P(2, 2)), m(P(1, 2)), m(5)]

x = 1 if [] else 2
y = [] or "d"
z = 0 and 1
w = None or 0 or ""
not_ = not 1 == 2
[x, y, z, w, not_, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True]

x = 1 if [] else 2
y = [] or "d"
z = 0 and 1
w = None or 0 or ""
not_ = not 1 == 2
("a" in "abc" in ["abc"])

x = y = []
x.append(1)
x += [2]
y = y + [3]
[x, y]

a = b = c = 0
a += 1; b -= 1; c |= 5; d = 7; d //= 2; d **= 3; d %= 10; e = 1; e <<= 4; e ^= 3
[a, b, c, d, e]

def deco(n):
    def w(f):
        def inner(*a, **k): return [f(*a, **k)] * n
        inner.__name__ = f.__name__
        return inner
    return w
@deco(2)
@deco(1)
def hi(x): return x
[hi("a"), hi.__name__]

def count(n):
    if n: yield n; yield from count(n - 1)
[list(count(3)), sum(count(4)), ",".join(map(str, count(2))), dict(enumerate(count(2), 1)), max(count(3), key=lambda v: -v), any(v > 2 for v in count(3)), sorted(count(3)), list(zip(count(2), "ab"))]

x = 5
[f"{x=}", f"{x = }", f"{x!r:>4}", f"{x=:>4}", f"{x:0{x}d}", f"{x:{'>'}{4}}"]

def f(): "doc"; return 1
f.attr = 5
[f.__doc__, f.attr, f.__name__, f.__qualname__, f.__module__, callable(f)]

import os, json as j
from os import path as p, environ
[os.path is p, j.__name__, p.join("a", "b")]

async def f(): return 1
[f.__name__, type(f).__name__]

x = *[1],
[x, (*"ab",)]

def f(n): return 1 if n < 2 else n * f(n - 1)
[f(30), f(5)]

a = [1, 2, 3]
b = a
b += [4]
c = a[:]
c.append(5)
[a is b, a, c, a == b, a is not c]

x = 0
def f():
    global x
    x += 1
    return x
[[f() for _ in range(3)], x]

for x in [1, 2, 3]:
    def show(x=x): return x
[show(), x]

from datetime import datetime, date, time, timedelta, timezone
d = datetime(2024, 2, 29, 13, 5, 9, 123456)
[d.strftime(f) for f in "%Y %m %d %H %M %S %f %j %y %b %B %a %A %p %I %U %W %w %u %V %G %g %e %D %F %T %R %c %x %X %% %z %Z %h %C %n %t %s-1 %-d %k %l".split(" ") if f not in ("%s-1",)]

from datetime import datetime, date, time, timedelta, timezone
[datetime.strptime(a, b) for a, b in [("2024-01-02", "%Y-%m-%d"), ("02/Jan/24 3:04 PM", "%d/%b/%y %I:%M %p"), ("2024 060", "%Y %j"), ("Mon Jan  1 2024", "%a %b %d %Y"), ("1:2:3.5", "%H:%M:%S.%f"), ("20240102030405", "%Y%m%d%H%M%S"), ("January 5, 2024", "%B %d, %Y"), ("2024-01-01T00:00:00Z", "%Y-%m-%dT%H:%M:%SZ")]]

from datetime import datetime, date, time, timedelta, timezone
datetime.strptime("x", "%Y")

from datetime import datetime, date, time, timedelta, timezone
datetime(2024, 13, 1)

from datetime import datetime, date, time, timedelta, timezone
date(2024, 2, 30)

from datetime import datetime, date, time, timedelta, timezone
datetime(2024, 1, 1) < datetime(2024, 1, 1, tzinfo=timezone.utc)

from datetime import datetime, date, time, timedelta, timezone
datetime(2024, 1, 1) - date(2024, 1, 1)

from datetime import datetime, date, time, timedelta, timezone
datetime(2024, 1, 1) + 1

from datetime import datetime, date, time, timedelta, timezone
datetime.fromisoformat("2024-1-2")

from datetime import datetime, date, time, timedelta, timezone
datetime(2024, 1, 1, hour=25)

import re
re.match("a", "a").group(1)

import json
json.dumps({1, 2})

import json
json.loads("{a: 1}")

import json
json.dumps({(1, 2): 3})

import types
m = types.MappingProxyType({"a": 1})
m["b"] = 2

from datetime import datetime, date, time, timedelta, timezone
d = datetime(2024, 2, 29, 13, 5, 9)
[d + timedelta(days=366), d - timedelta(hours=14), d - datetime(2023, 1, 1), d.replace(day=1, month=3), d.date(), d.time(), d.isoformat(), d.isoformat(" ")]

from datetime import datetime, date, time, timedelta, timezone
d = datetime(2024, 2, 29, 13, 5, 9)
[d.isoformat(timespec="minutes"), d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), str(d), repr(d), f"{d:%Y-%m}"]

from datetime import datetime, date, time, timedelta, timezone
u = timezone.utc
e = timezone(timedelta(hours=5, minutes=30), "IST")
d = datetime(2024, 1, 1, 12, tzinfo=u)
[d, d.astimezone(e), d.astimezone(e).isoformat(), d.timestamp(), str(u), repr(e), e.tzname(None), d.strftime("%z %Z")]

from datetime import datetime, date, time, timedelta, timezone
u = timezone.utc
e = timezone(timedelta(hours=5, minutes=30), "IST")
d = datetime(2024, 1, 1, 12, tzinfo=u)
[datetime.fromisoformat("2024-01-02T03:04:05+02:00"), datetime.fromisoformat("2024-01-02"), datetime.fromisoformat("20240102T030405Z"), datetime.fromisoformat("2024-01-02 03:04:05.123"), datetime.strptime("2024-01-02 +0530", "%Y-%m-%d %z"), d - datetime(2024, 1, 1, 12, tzinfo=e), datetime.combine(date(2024, 1, 1), time(1, 2), u), d == datetime(2024, 1, 1, 17, 30, tzinfo=e)]

from datetime import datetime, date, time, timedelta, timezone
u = timezone.utc
e = timezone(timedelta(hours=5, minutes=30), "IST")
d = datetime(2024, 1, 1, 12, tzinfo=u)
[d.replace(tzinfo=None), timezone(timedelta(hours=-3)), str(timezone(timedelta(hours=-3))), d.timetz(), datetime.fromordinal(738000), date.fromisoformat("2024-05-06"), date(2024, 1, 31) + timedelta(1), time(1, 2, 3)]

from datetime import datetime, date, time, timedelta, timezone
u = timezone.utc
e = timezone(timedelta(hours=5, minutes=30), "IST")
d = datetime(2024, 1, 1, 12, tzinfo=u)
[time.fromisoformat("04:05:06"), time(1, 2).isoformat(), time(23, 59) > time(1), date(2024, 3, 1) - date(2024, 2, 1), date.max, str(date(2024, 1, 1)), repr(date(2024, 1, 1)), date(2024, 1, 1).strftime("%d/%m")]

from datetime import datetime, date, time, timedelta, timezone
u = timezone.utc
e = timezone(timedelta(hours=5, minutes=30), "IST")
d = datetime(2024, 1, 1, 12, tzinfo=u)
(date(2024,1,1) == datetime(2024,1,1))

from datetime import datetime, date, time, timedelta, timezone
t = timedelta(days=1, hours=2, minutes=3, seconds=4.5)
[t, str(t), t.total_seconds(), t.days, t.seconds, t.microseconds, t * 2, t / 2]

from datetime import datetime, date, time, timedelta, timezone
t = timedelta(days=1, hours=2, minutes=3, seconds=4.5)
[t // 2, t / timedelta(hours=1), t % timedelta(hours=1), -t, abs(-t), timedelta(-1), str(timedelta(-1)), timedelta(weeks=1)]

from datetime import datetime, date, time, timedelta, timezone
t = timedelta(days=1, hours=2, minutes=3, seconds=4.5)
[timedelta(milliseconds=1500), timedelta(seconds=1e-6), t > timedelta(1), t == timedelta(days=1, seconds=7384.5), bool(timedelta(0)), sum([t, t], timedelta()), timedelta(hours=25), repr(timedelta(hours=-25))]

from datetime import datetime, date, time, timedelta, timezone
t = timedelta(days=1, hours=2, minutes=3, seconds=4.5)
[str(timedelta(days=-1, hours=5)), timedelta(days=1.5), t * 1.5, 2 * t, divmod(t, timedelta(hours=5)), timedelta.max, timedelta.resolution, max(t, timedelta(2))]

from datetime import datetime, date, time, timedelta, timezone
t = timedelta(days=1, hours=2, minutes=3, seconds=4.5)
[{t: 1}[t], timedelta(minutes=90) // timedelta(hours=1), timedelta(0, 60), timedelta(microseconds=0.5), timedelta(days=0.1)]

import re
[re.sub(r"(\w+)@(\w+)", r"\2 at \1", "me@x you@y"), re.sub(r"\d", lambda m: str(int(m[0]) * 2), "a1b2"), re.match(r"(?P<y>\d{4})-(?P<m>\d\d)", "2024-05-06").groupdict(), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"\d+", "1 22 333"), re.split(r"[,;]\s*", "a, b;c"), re.split(r"(,)", "a,b"), re.fullmatch(r"a+", "aaa").span()]

import re
[re.search(r"(?<=x)y", "xy").start(), re.search(r"(?<!x)y", "xy"), re.sub(r"(?i)HELLO", "bye", "hello Hello"), re.compile(r"a(b)?c").match("ac").groups(), re.match(r"(a)|(b)", "b").groups("d"), re.escape("a.b*c"), [m.group() for m in re.finditer("[a-c]+", "abcxab")], re.sub("a", "b", "aaa", count=2)]

import re
[re.subn("a", "b", "aaa"), re.match(r"(?P<x>a)(?P=x)", "aa").group("x"), re.search(r"\bfoo\b", "a foo b").span(), re.sub(r"^", "> ", "a\nb", flags=re.M), re.findall(r"^.", "a\nb", re.MULTILINE), re.match(".*", "a\nb", re.S).group(), re.sub(r"\s+", " ", " a  b\t c "), re.compile("x", re.I).pattern]

import re
[re.match("x", "y"), re.sub(r"(?P<n>a)", r"[\g<n>]", "a"), re.sub(r"(a)(b)?", r"\1-\2", "a"), re.split("x", "axbxc", 1), re.sub(r"([A-Z])", r"_\1", "camelCaseName").lower(), re.sub(r"[^a-zA-Z0-9_]", "_", "a-b c.d"), bool(re.match(r"^[\w.-]+$", "a.b-c")), re.findall(r"(?:ab)+", "ababab")]

import re
[re.search(r"a{2,3}?", "aaaa").group(), re.sub("", "-", "ab"), re.split("", "ab"), re.findall("", "ab"), re.match(r"\Aab\Z", "ab").group(0), re.search(r"é", "caf\u00e9").start(), re.findall(r"\w", "é_1-"), re.sub(r"\\", "/", r"a\b")]

import re
[re.match("(a)(b)", "ab").group(1, 2), re.match("(a)(b)", "ab")[2], re.match("ab", "abc").end(), re.compile("a|b").sub("x", "cab"), re.sub(r'(?x) a # c', "z", "a")]

import json
[json.dumps({"b": 1, "a": [1, 2.5, None, True, "é\n\""]}), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps([1, {"a": []}], indent=2), json.dumps({"a": 1}, indent=4, sort_keys=True), json.dumps({"a": 1, "b": [1, 2]}, separators=(",", ":")), json.dumps("é", ensure_ascii=False), json.dumps({1: "a", None: 2, True: 3, 1.5: 4}), json.dumps((1, 2))]

import json
[json.dumps(float("nan")), json.dumps(1e100), json.dumps({}), json.dumps([], indent=2), json.dumps({"a": {}}, indent=1), json.dumps(object, default=lambda o: "obj"), json.dumps({"d": __import__("datetime").date(2024, 1, 1)}, default=str), json.dumps("\u2028\x7f\x00")]

import json
[json.dumps({(1, 2): 3}, skipkeys=True), json.dumps([1, 2], indent="\t"), json.dumps("😀"), json.dumps(10**20), json.dumps([1.0, -0.0, 1e16, 1e-7]), json.loads('{"a": [1, 2.0, null, true, "\\u00e9"], "b": 1e5}'), json.loads("[1, 2]"), json.loads(b'{"a": 1}')]

import json
[json.loads('"x"'), json.loads(' 5 '), json.loads('{"a": 1, "a": 2}'), json.loads("NaN") != 1]

import textwrap
[textwrap.dedent("  a\n    b\n\n  c"), textwrap.indent("a\n\nb", "  "), textwrap.fill("the quick brown fox jumps", 10), textwrap.wrap("aaa bbb ccc", 7), textwrap.shorten("hello big world", 11), textwrap.dedent("\n\ta\n\t b"), textwrap.indent("a\nb", "> ", lambda l: "b" in l), textwrap.wrap("a b", width=3, initial_indent="*")]

import textwrap
[textwrap.fill("x y z", 3, subsequent_indent=" "), textwrap.dedent(" a\n\n \n b"), textwrap.wrap(""), textwrap.shorten("a b c", 3, placeholder="..")]

import itertools as i
[list(i.chain([1], "ab")), list(i.chain.from_iterable([[1], [2, 3]])), list(i.product("ab", [1, 2])), list(i.product([0, 1], repeat=2)), list(i.permutations([1, 2, 3], 2)), list(i.combinations("abc", 2)), list(i.combinations_with_replacement("ab", 2)), list(i.islice(range(10), 2, 8, 3))]

import itertools as i
[list(i.islice(i.count(5, 2), 3)), list(i.islice(i.cycle("ab"), 5)), list(i.repeat(1, 3)), list(i.accumulate([1, 2, 3])), list(i.accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), [(k, list(g)) for k, g in i.groupby("aabbca")], [(k, [x for x in g]) for k, g in i.groupby([1, 3, 2, 4], key=lambda v: v % 2)], list(i.zip_longest([1, 2], "a", fillvalue="-"))]

# python: 3.12
import itertools as i
[list(i.takewhile(lambda v: v < 3, [1, 2, 3, 1])), list(i.dropwhile(lambda v: v < 3, [1, 2, 3, 1])), list(i.starmap(pow, [(2, 3), (3, 2)])), list(i.filterfalse(None, [0, 1, 2])), list(i.compress("abc", [1, 0, 1])), list(i.pairwise([1, 2, 3])), list(i.batched("abcde", 2)), [list(t) for t in i.tee([1, 2], 2)]]

# python: 3.12
import itertools as i
[next(i.count()), list(zip(i.count(1), "ab")), list(map(list, i.batched(range(5), 2)))]

import functools as f, operator as o
[f.reduce(o.add, [1, 2, 3]), f.partial(int, base=2)("101"), o.itemgetter(1)([1, 2]), o.itemgetter("a", "b")({"a": 1, "b": 2}), o.attrgetter("real")(5), o.methodcaller("upper")("a"), sorted([{"n": 2}, {"n": 1}], key=o.itemgetter("n")), f.reduce(o.or_, [1, 2, 4])]

import functools as f, operator as o
[o.mul(2, 3), o.truediv(1, 2), o.contains([1], 1), o.not_(0), o.concat("a", "b"), o.getitem([1], 0), o.lt(1, 2), o.neg(1)]

import functools as f, operator as o
[o.index(5), o.attrgetter("a.b")(__import__("types").SimpleNamespace(a=__import__("types").SimpleNamespace(b=1))), o.is_(None, None)]

import functools
@functools.lru_cache(maxsize=None)
def f(x): calls.append(x); return x * 2
calls = []
[f(1), f(1), f(2), calls, f.__wrapped__(5), f.__name__]

import functools
class A:
    n = 0
    @functools.cached_property
    def x(self): A.n += 1; return self.n
    @functools.lru_cache
    def y(self, v): return v + 1
    @functools.cache
    def z(self): return "z"
a = A()
[a.x, a.x, A.n, "x" in a.__dict__, a.y(1), a.z()]

from collections import Counter, OrderedDict, defaultdict, deque
c = Counter("abracadabra")
o = OrderedDict([("a", 1), ("b", 2)]); o.move_to_end("a")
dd = defaultdict(list); dd["x"].append(1); dd["y"]
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); q.rotate(1)
[c.most_common(2), c["z"], sum(c.values()), c + Counter("aa"), c - Counter("aaa"), list(o), o.popitem(last=False), dict(dd)]

from collections import Counter, OrderedDict, defaultdict, deque
c = Counter("abracadabra")
o = OrderedDict([("a", 1), ("b", 2)]); o.move_to_end("a")
dd = defaultdict(list); dd["x"].append(1); dd["y"]
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); q.rotate(1)
[len(dd), q.maxlen, Counter(a=1, b=2), Counter([1, 1]), list(Counter("ab").elements()), c & Counter("ab"), c | Counter("zz"), dd]

from collections import Counter, OrderedDict, defaultdict, deque
c = Counter("abracadabra")
o = OrderedDict([("a", 1), ("b", 2)]); o.move_to_end("a")
dd = defaultdict(list); dd["x"].append(1); dd["y"]
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); q.rotate(1)
[defaultdict(int, a=1), defaultdict(lambda: 5)["k"], Counter("aab").total(), list(reversed(OrderedDict(a=1, b=2))), deque("abc")[1], 2 in deque([1, 2]), Counter("ab") == Counter("ba")]

import string
[string.Template("$a ${b} $$").substitute(a=1, b=2), string.Template("$a $z").safe_substitute({"a": 1}), string.ascii_letters[:3], string.digits, string.Template("$x").template]

import math, statistics, random, cmath
[math.ceil(1.2), math.floor(-1.2), math.sqrt(2), math.pi, math.gcd(12, 18), math.lcm(4, 6), math.factorial(10), math.inf]

import math, statistics, random, cmath
[math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, 3]), math.comb(5, 2), math.perm(5, 2), math.trunc(-1.5), math.copysign(1, -0.0), math.isnan(math.nan), math.isqrt(17)]

import math, statistics, random, cmath
[math.e, math.tau]

from decimal import Decimal, ROUND_HALF_UP, ROUND_DOWN, getcontext
[Decimal("1.0") == 1, Decimal("1.10"), max(Decimal(1), Decimal(2)), Decimal("0.00001"), Decimal(5), sorted([Decimal("2"), Decimal("1")]), Decimal("1") < 2, bool(Decimal(0))]

from fractions import Fraction as F
[str(F(1, 2)), F(5, 2) > 2, F(3).numerator, F(6, 4)]

import calendar
[calendar.isleap(2024), calendar.month_name[1], calendar.day_name[0], calendar.month_abbr[12], list(calendar.day_abbr), len(calendar.month_name), list(calendar.month_name)]

import shlex, html, base64, hashlib, binascii, zlib, uuid, hmac
[shlex.split("a 'b c' \"d e\" f\\ g"), shlex.quote("it's"), shlex.join(["a b", "c"]), html.escape("<a & 'b'>"), base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xff\xfe"), hashlib.md5(b"a").hexdigest()]

import shlex, html, base64, hashlib, binascii, zlib, uuid, hmac
[hashlib.sha256("a".encode()).hexdigest()[:8], hashlib.sha1(b"").hexdigest(), hashlib.new("md5", b"a").hexdigest(), uuid.uuid5(uuid.NAMESPACE_DNS, "a.b"), uuid.UUID("12345678123456781234567812345678"), hashlib.sha512(b"a").digest()[:2], uuid.uuid3(uuid.NAMESPACE_URL, "x").hex, hashlib.md5(b"a", usedforsecurity=False).hexdigest()]

import shlex, html, base64, hashlib, binascii, zlib, uuid, hmac
(int(hashlib.md5(b"x").hexdigest(), 16) % 24)

from urllib.parse import urlparse, quote, quote_plus, unquote, unquote_plus, urlencode, parse_qs, parse_qsl, urljoin, urlsplit, urlunparse, urlunsplit, urldefrag
[urlparse("https://u:p@h.com:80/a/b;x?q=1&r=2#f"), urlparse("https://h.com/a").netloc, urlparse("s3://bucket/key/x").path, quote("a b/c&d"), quote("a/b", safe=""), quote_plus("a b&"), unquote("a%20b"), unquote_plus("a+b")]

from urllib.parse import urlparse, quote, quote_plus, unquote, unquote_plus, urlencode, parse_qs, parse_qsl, urljoin, urlsplit, urlunparse, urlunsplit, urldefrag
[urlencode({"a": 1, "b": "x y"}), urlencode([("a", [1, 2])], doseq=True), parse_qs("a=1&b=2&a=3"), parse_qsl("a=1&b="), urljoin("http://a/b/c", "d"), urljoin("http://a/b/c", "/d"), urlsplit("http://a/b?c").query, urlparse("http://h:80/").port]

from urllib.parse import urlparse, quote, quote_plus, unquote, unquote_plus, urlencode, parse_qs, parse_qsl, urljoin, urlsplit, urlunparse, urlunsplit, urldefrag
[urlparse("http://u:p@h/").username, urlparse("postgresql://user:pa%40ss@host:5432/db").hostname]

import types
n = types.SimpleNamespace(a=1, b=[2])
n.c = 3
m = types.MappingProxyType({"a": 1})
[n, n.a, vars(n), m["a"], dict(m), len(m), list(m), "a" in m]

import types
n = types.SimpleNamespace(a=1, b=[2])
n.c = 3
m = types.MappingProxyType({"a": 1})
[m.get("z"), {**m}, m | {"b": 2}, m.keys() == {"a"}, m, type(m).__name__]

import inspect
def f(a, b=2, *args, c: int, d=4, **kw) -> str:
    "doc"
s = inspect.signature(f)
[inspect.isfunction(f), inspect.isclass(int), inspect.getdoc(f)]

import io
b = io.StringIO("a\nb\n"); w = io.StringIO(); w.write("x"); print("y", file=w)
[b.read(), w.getvalue(), b.seek(0), b.readlines(), list(io.StringIO("p\nq")), io.StringIO("l1\nl2").readline()]

import operator, os.path
[os.path.join("a", "/b"), os.path.splitext("a.tar.gz"), os.path.basename("/a/b.py"), os.path.dirname("/a/b"), os.path.normpath("a/../b/./c"), os.path.split("/a/b"), os.path.isabs("/a"), os.path.commonprefix(["abc", "abd"])]

import operator, os.path
(os.pathsep)

from pathlib import Path, PurePosixPath
p = Path("/a/b/c.tar.gz")
[p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parents[1], str(p / "x"), p.with_suffix(".zip")]

from pathlib import Path, PurePosixPath
p = Path("/a/b/c.tar.gz")
[p.with_name("q"), p.parts, p.is_absolute(), p.relative_to("/a"), Path("a") / "b", "x" / Path("y"), p.match("*.gz"), Path("a/./b//c")]

from pathlib import Path, PurePosixPath
p = Path("/a/b/c.tar.gz")
[p == Path("/a/b/c.tar.gz"), repr(p), p.joinpath("a", "b"), p.as_posix(), Path(".").name, Path("a", "b"), PurePosixPath("x").suffix, sorted([Path("b"), Path("a")])]

from pathlib import Path, PurePosixPath
p = Path("/a/b/c.tar.gz")
[p.with_stem("z"), p.root, p.anchor, Path("/a/b").is_relative_to("/a"), p.as_uri(), f"{p}", Path("a.py").stem, list(Path("/a/b").parents)]

from pathlib import Path, PurePosixPath
p = Path("/a/b/c.tar.gz")
[Path("..").parts, Path("") == Path(".")]

import csv, io
[list(csv.reader(io.StringIO('a,"b,c",d\n1,2,3'))), list(csv.DictReader(["x,y", "1,2"])), list(csv.reader(["a|b"], delimiter="|"))]

import configparser
c = configparser.ConfigParser(); c.read_string("[a]\nx=1\ny = %(x)s2\n[b]\nz: yes\n")
[c["a"]["x"], c.getint("a", "x"), c.getboolean("b", "z"), c.sections(), c.has_section("q"), c.get("a", "nope", fallback="d"), c.options("a"), c.items("b")]

import typing
from typing import Optional, Union, List, Dict, Any, get_origin, get_args, cast, Literal, Callable, TypeVar, NewType, Annotated, Tuple, ClassVar, Final, Type, Sequence, NoReturn, Iterable, get_type_hints
[cast(int, "x"), NewType("U", int)(5)]

import ast, keyword, struct, fnmatch, difflib, unicodedata, colorsys, locale, numbers, reprlib, gettext, gzip, secrets, errno, stat, logging
[ast.literal_eval("{'a': [1, (2, 3)], 'b': None}"), fnmatch.fnmatch("a.py", "*.py"), fnmatch.filter(["a", "b"], "a"), logging.INFO]

import dataclasses, zoneinfo, datetime
z = zoneinfo.ZoneInfo("Europe/Paris")
d = datetime.datetime(2024, 7, 1, 12, tzinfo=z)
[d.tzname(), d.isoformat(), d.astimezone(datetime.timezone.utc), str(z), z.key, repr(z), d.timestamp()]

import yaml
[yaml.safe_load("a: 1\nb: [1, 2.5, yes, null, '1', 2024-01-01]\nc: {d: e}\n"), yaml.safe_load("- a\n- b: |\n    x\n    y\n"), yaml.safe_load("x: &a {k: 1}\ny: *a\n"), yaml.safe_load("a: 012\nb: 1_000\nc: 0x1f\nd: 1e3\ne: 1.0e+3\nf: on\ng: ~\nh: 12:30:45\ni: .inf"), yaml.safe_load(""), yaml.load("a: 1", Loader=yaml.SafeLoader)]

import glob, shutil, tempfile, platform, socket, getpass, subprocess, signal, atexit, gc
(subprocess.PIPE)

from dateutil.relativedelta import relativedelta, MO
from datetime import datetime
d = datetime(2024, 1, 31)
[d + relativedelta(months=1), d + relativedelta(day=1), d - relativedelta(years=1, months=2), d + relativedelta(weekday=MO(-1)), relativedelta(days=1) == relativedelta(hours=24), relativedelta(months=14), relativedelta(hours=25), d + relativedelta(months=+1, day=31)]

from dateutil.relativedelta import relativedelta, MO
from datetime import datetime
d = datetime(2024, 1, 31)
(relativedelta(months=1) * 2)
