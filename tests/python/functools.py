from functools import partial
def f(a, b, c=3, *args, **kw):
    return (a, b, c, args, kw)
[partial(f, 1)(2), partial(f, 1, c=5)(2), partial(f, b=2)(1), partial(f, 1, c=5)(2, c=6), partial(partial(f, 1), 2)(3, 4, x=5), partial(f, 1).args, partial(f, 1, x=2).keywords, partial(f).func is f, partial(f, x=1, y=2)(1, 2, y=3, z=4)]

from functools import partial
partial(5)

from functools import partial
partial()

from functools import partial
partial(int, base=2)("101")

from functools import partial
def f(a): return a
partial(f, 1)(2)

from functools import partial
list(map(partial(pow, 2), [1, 2, 3]))

from functools import reduce
[reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [1, 2, 3], 10), reduce(max, [3, 1, 2]), reduce(lambda a, b: {**a, **b}, [{"a": 1}, {"b": 2}]), reduce(lambda a, b: a, [], "x")]

from functools import reduce
reduce(lambda a, b: a, [])

from functools import wraps
def deco(fn):
    @wraps(fn)
    def inner(*args, **kw):
        return fn(*args, **kw) + 1
    return inner
@deco
def add(a, b):
    "Adds."
    return a + b
(add(1, 2), add.__name__, add.__doc__, add.__wrapped__(1, 2), add.__qualname__)

from functools import wraps
def retry(times):
    def deco(fn):
        @wraps(fn)
        def inner(*args):
            return [fn(*args) for _ in range(times)]
        return inner
    return deco
@retry(times=2)
def f(x):
    return x
(f(5), f.__name__)

from functools import wraps
def deco(fn):
    def inner(*args):
        return fn(*args)
    inner.extra = 1
    return wraps(fn)(inner)
def g(): pass
g.tag = "x"
h = deco(g)
(h.extra, h.tag, h.__name__)

from functools import lru_cache, cache
calls = []
@lru_cache
def f(x):
    calls.append(x)
    return [x]
@lru_cache(maxsize=None)
def g(x, y=1):
    calls.append((x, y))
    return x + y
@cache
def h():
    calls.append("h")
    return {}
(f(1) is f(1), f(2), g(1), g(1), g(1, 1), g(1, y=1), h() is h(), calls, f.__name__, f.__wrapped__(9))

from functools import lru_cache
@lru_cache
def f(x): return x
f([1])

from functools import lru_cache
@lru_cache(10)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
fib(30)

from functools import lru_cache
class C:
    n = 0
    @lru_cache
    def f(self, x):
        C.n += 1
        return x
c = C()
(c.f(1), c.f(1), C.n)

from functools import cached_property
class C:
    def __init__(self): self.n = 0
    @cached_property
    def v(self):
        self.n += 1
        return [self.n]
c = C()
(c.v is c.v, c.n, c.v)

from functools import lru_cache
lru_cache(maxsize=5)(len)("abc")

import functools
functools.partial(print, "x")()

from functools import partial
p = partial(int, base=2)
p.__name__ = "binary"
p.__doc__ = "x"
(p("11"), p.__name__, p.__doc__)

from functools import partial
p = partial(int)
p.func = str

import functools
class Deco:
    def __init__(self, fn):
        self.fn = fn
        functools.update_wrapper(self, fn)
    def __call__(self, *args):
        return ("d", self.fn(*args))
@Deco
def f(x):
    """Doc."""
    return x
(f(1), f.__name__, f.__doc__, f.__wrapped__(2))
