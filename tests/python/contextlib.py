from contextlib import suppress
with suppress(KeyError, ValueError):
    x = 1
    {}["a"]
    x = 2
x

from contextlib import suppress
with suppress(KeyError):
    int("x")

from contextlib import suppress
def f():
    for i in range(4):
        with suppress(LookupError):
            if i == 2:
                return i
            [][i]
f()

from contextlib import suppress
with suppress(ImportError):
    from textwrap import nothing_of_that_name
with suppress(ImportError):
    from textwrap import dedent as found
found("  a")

from contextlib import ExitStack
class R:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append(("in", self.n)); return self.n
    def __exit__(self, *exc): log.append(("out", self.n))
log = []
with ExitStack() as stack:
    got = [stack.enter_context(R(n)) for n in "abc"]
    stack.callback(log.append, "called")
(got, log)

from contextlib import ExitStack
log = []
with ExitStack() as stack:
    stack.callback(log.append, "a")
    kept = stack.pop_all()
before = list(log)
kept.close()
(before, log)

from contextlib import nullcontext, closing
class R:
    closed = False
    def close(self): self.closed = True
r = R()
with closing(r) as q:
    pass
with nullcontext(5) as n:
    pass
(r.closed, n, q is r)

from contextlib import contextmanager
@contextmanager
def quiet():
    try:
        yield 1
    except ValueError as e:
        caught.append(str(e))
caught = []
with quiet() as v:
    raise ValueError("boo")
(v, caught)
