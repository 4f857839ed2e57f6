list(enumerate("ab"))
list(enumerate("ab", 1))
list(enumerate("ab", start=5))
enumerate(5)
list(zip([1, 2], "ab"))
list(zip([1, 2], "a"))
list(zip())
list(zip([1], [2], [3]))
list(zip([1, 2], "ab", strict=True))
list(zip([1, 2], "a", strict=True))
list(zip([1], "ab", strict=True))
list(map(str, [1, 2]))
list(map(lambda a, b: a + b, [1, 2], [3, 4, 5]))
list(map(None, [1]))
list(map(int, ["1", "x"]))
map(str)
list(filter(None, [0, 1, "", "a"]))
list(filter(lambda x: x > 1, [1, 2, 3]))
dict(map(lambda x: (x, x * 2), range(3)))
any([0, 1])
any([])
all([1, 0])
all([])
any(x > 2 for x in range(5))
all(x < 5 for x in range(5))
any(5)
len(5)
len(None)
len(x for x in [])
reversed([1, 2]).__next__()
list(reversed([1, 2]))
list(reversed("ab"))
list(reversed((1, 2)))
reversed({1})
reversed(5)
next(iter([1, 2]))
next(iter([]))
next(iter([]), "d")
next([1])
list(iter([1, 2]))
iter(5)
next(x for x in [1, 2] if x > 1)
next((x for x in [1, 2] if x > 5), None)
callable(len)
callable(5)
callable(str)
callable(lambda: 1)
callable("a".upper)
getattr("a", "upper")()
getattr("a", "nope")
getattr("a", "nope", 5)
getattr("a", 5)
hasattr("a", "upper")
hasattr("a", "nope")
hasattr([], "__iter__")
hasattr(5, "__iter__")
hasattr("a", "__len__")
hasattr({}, "items")
hasattr(None, "x")
hasattr(len, "__name__")
setattr("a", "x", 1)
setattr([], "x", 1)
delattr([], "append")
type("a") is str
type([]) is list
type({}) == dict
type(None)
type(5)
type(int)
type(5) in (int, float)
isinstance("a", str)
isinstance([], (list, tuple))
isinstance({}, dict)
isinstance(None, type(None))
isinstance(str, type)
isinstance(5, object)
isinstance(len, object)
isinstance(ValueError("x"), Exception)
isinstance(ValueError("x"), KeyError)
issubclass(KeyError, LookupError)
issubclass(ValueError, (KeyError, Exception))
int | None
(int | str) == (int | str)  # unknown: ok
str.__name__
dict.__name__
ValueError.__name__
print("x")
print("x", "y", sep=",", end="")
repr("x")
ascii("é")
format(5, ">3")
chr(65)
ord("A")
id(1) == id(1)  # unknown: ok
vars(5)
slice(1, 2, 3)
object() == object()  # unknown: ok
len.__name__
Ellipsis
...
NotImplemented
__debug__
None is None
None == None
None == 0
None != 0
None < 1
not None
True is True
1 is True  # unknown: ok
"a" is "a"
[] is []
str is str
int is float
list[int]()
str[int]
list[int] is list
dict[str, int]().get("a")

iter([1, 2]) is iter([1, 2])

x = iter([1, 2, 3])
next(x)
a = list(x)
b = list(x)
(a, b)

x = [1, 2]
i = iter(x)
next(i)
x.append(3)
list(i)

m = map(lambda x: x * 2, [1, 2])
a = next(m)
(a, list(m), list(m))

seen = []
m = map(seen.append, [1, 2])
before = list(seen)
list(m)
(before, seen)

def f(x):
    return x + 1
list(map(f, [1, 2]))

def gen():
    yield 1
    yield 2
list(gen()), sum(gen()), list(zip(gen(), "ab"))

def gen():
    yield 1
    yield 2
g = gen()
(next(g), list(g))

it = iter(lambda: 5, 5)
list(it)

z = zip([1, 2, 3], iter([4, 5]))
list(z)

a, b = zip(*[(1, "a"), (2, "b")])
(a, b)

x = iter([3, 1, 2])
sorted(x)

x = iter("abc")
"b" in x, list(x)

d = {"a": 1}
i = iter(d)
d["b"] = 2
next(i)

try:
    int("x")
except ValueError as e:
    r = (type(e).__name__, str(e), e.args)
r

try:
    {}["k"]
except KeyError as e:
    r = (str(e), repr(e), e.args)
r

try:
    raise ValueError("a", 1)
except ValueError as e:
    r = (str(e), repr(e), e.args)
r

try:
    raise ValueError
except ValueError as e:
    r = (str(e), repr(e), e.args)
r

try:
    [].foo
except AttributeError as e:
    r = str(e)
r

try:
    next(iter([]))
except StopIteration as e:
    r = (e.value, repr(e))
r

try:
    raise SystemExit(3)
except SystemExit as e:
    r = e.code
r

try:
    1 / 0
except (KeyError, ArithmeticError) as e:
    r = repr(e)
r

try:
    raise IOError("x")
except OSError as e:
    r = repr(e)
r

e = ValueError("x")
e.message

ImportError("x").msg
repr(KeyError("k"))
str(KeyError("k"))
str(Exception())
repr(Exception("a"))
str(Exception("a", "b"))
Exception("a") == Exception("a")
ValueError(a=1)
Exception("a").args
Exception("a").nope
