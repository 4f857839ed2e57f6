import math
[math.floor(1.5), math.ceil(1.2), math.ceil(-1.5), math.trunc(-1.5), math.sqrt(16), math.pi, math.e, math.inf, math.gcd(12, 18), math.lcm(4, 6), math.factorial(10), math.comb(5, 2), math.perm(5, 2), math.prod([1, 2, 3]), math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1), math.fabs(-2), math.floor(5), math.copysign(1, -0.0), math.isqrt(17), math.perm(4), math.gcd(), math.comb(3, 5), math.tau]

import math
math.sqrt(-1)

import math
math.factorial(-1)

import math
math.floor("a")

import math
math.ceil(math.inf)

import math
math.floor(math.nan)

import math
math.ceil(len([1, 2, 3]) / 2)

import string
[string.ascii_letters, string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits, string.punctuation, string.whitespace, string.printable]

from string import Template
[Template("$a ${b} $$ $c").substitute(a=1, b="x", c=None), Template("$a $z").safe_substitute({"a": 2}), Template("${a}_x$b.").substitute({"a": 1}, b=2), Template("$a").template, Template("$ x").safe_substitute(), Template("${bad").safe_substitute(), Template("$1").safe_substitute(), Template("").substitute(), Template("$a$a").substitute({"a": "q"})]

from string import Template
Template("$a").substitute()

from string import Template
Template("$ a").substitute()

from string import Template
Template("x\n${a").substitute(a=1)

import shlex
[shlex.quote("a b"), shlex.quote("abc"), shlex.quote(""), shlex.quote("it's"), shlex.split("a 'b c' \"d e\" f\\ g"), shlex.join(["a", "b c"]), shlex.split(""), shlex.quote("a/b-c_d.e@f%+=:,")]

import html
[html.escape("<a href='x'>&\"</a>"), html.escape("'\"", quote=False)]

import inspect
[inspect.cleandoc("Title.\n\n    Body\n      indented\n\n    "), inspect.cleandoc(""), inspect.cleandoc("a"), inspect.cleandoc("\n  a\n  b")]

import inspect
def f():
    "Doc.\n\n    More.\n    "
class C: pass
[inspect.getdoc(f), inspect.isfunction(f), inspect.isclass(C), inspect.isclass(5), inspect.isfunction(C)]

import ast
[ast.literal_eval("[1, 'a', {'b': (2.5, None, True)}]"), ast.literal_eval(" -5"), ast.literal_eval("{1, 2}") == {1, 2}, ast.literal_eval("'x'")]

import ast
ast.literal_eval("a")
# unknown: ok

import ast
ast.literal_eval("__import__('os')")
# unknown: ok

from types import SimpleNamespace
n = SimpleNamespace(a=1, b="x")
n.c = 5
(n, n.a, n.c, hasattr(n, "z"), vars(n) if False else n.__dict__)

from types import SimpleNamespace
SimpleNamespace(a=1).b

from types import SimpleNamespace
SimpleNamespace(a=1) == SimpleNamespace(a=1)
# unknown: ok

from collections import deque
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.appendleft(0)
(d, list(d), len(d), d[0], d[-1], d.pop(), d.popleft(), 2 in d, bool(deque()), d.maxlen, [x for x in d])

from collections import deque
deque().pop()

from collections import deque
q = deque()
q.extend([1, 2])
q.extendleft([3, 4])
q.copy(), q.clear(), q

from contextlib import contextmanager, nullcontext, closing
@contextmanager
def cm(x):
    log.append("in")
    yield x + 1
    log.append("out")
log = []
with cm(1) as v:
    log.append(v)
with nullcontext(5) as n:
    log.append(n)
with nullcontext():
    pass
class R:
    def close(self): log.append("closed")
with closing(R()) as r:
    log.append(isinstance(r, R))
log

import io
s = io.StringIO("a\nb\nc")
(s.readline(), s.read(), s.read(), io.StringIO("x\ny").readlines(), [l for l in io.StringIO("p\nq")], io.StringIO("z").getvalue())

import io
s = io.StringIO()
s.write("ab")
s.write("c")
with io.StringIO("x") as f:
    t = f.read()
(s.getvalue(), t)

import io
s = io.StringIO("x")
s.close()
s.read()

import logging
log = logging.getLogger(__name__)
log.setLevel(logging.INFO)
log.info("x %s", 1)
logging.basicConfig(level=logging.DEBUG, format="%(message)s")
h = logging.StreamHandler()
h.setFormatter(logging.Formatter("%(message)s"))
log.addHandler(h)
log.propagate = False
(logging.INFO, logging.getLogger("a") is logging.getLogger("a"), logging.getLogger("a") is logging.getLogger("b"), logging.getLogger("q").name, logging.WARNING > logging.INFO)

import warnings
warnings.warn("x")
warnings.filterwarnings("ignore")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
1

import sys
(sys.version_info >= (3, 6), sys.version_info.major, sys.version_info[0], sys.version_info < (3,), sys.version_info > (2, 7), sys.version_info >= (4,), sys.maxsize, sys.byteorder)

import sys
sys.version_info >= (3, 10)
# unknown: ok

import sys
sys.exit(3)

import sys
sys.exit()

import sys
sys.exit("message")

import sys
sys.path.insert(0, "/opt/x")
sys.path.append("/opt/y")
("/opt/x" in sys.path, "/opt/y" in sys.path, sys.path.pop(0), sys.path.pop(), sys.path.remove("/opt/zz") if False else 0)

import sys
sys.stdout.write("x")
sys.stdout.flush()

import time
(type(time.time()).__name__, time.sleep(0), len(time.strftime("%Y-%m-%d")))

import time, random, secrets
[time.perf_counter(), random.random(), random.choice([1]), secrets.token_hex(4)]
# unknown: ok

import random
x = [1, 2, 3]
random.shuffle(x)
x
# unknown: ok

import random
random.seed(1)

from decimal import Decimal
[Decimal("1.10"), str(Decimal("2.50")), Decimal(5), Decimal("1.0") == 1, Decimal("1.5") > 1, f"{Decimal('3.14')}", bool(Decimal("0.00")), Decimal("-0.5"), Decimal("0.5") == 0.5]

from fractions import Fraction
[Fraction(1, 2), Fraction(4, -6), str(Fraction(3)), Fraction(1, 2) == 0.5, Fraction(1, 3) < Fraction(1, 2), Fraction(2, 4).denominator]

from fractions import Fraction
Fraction(1, 0)

from decimal import Decimal
Decimal("1.1") + 1
# unknown: ok

import fnmatch
[fnmatch.fnmatch("a.py", "*.py"), fnmatch.fnmatch("a.py", "?.py"), fnmatch.fnmatch("ab", "[a-c]b"), fnmatch.fnmatch("ab", "[!a]b"), fnmatch.filter(["a.sql", "b.py"], "*.sql"), fnmatch.fnmatch("a/b", "*"), fnmatch.fnmatch("[", "["), fnmatch.fnmatch("a", ""), fnmatch.fnmatch("abcabc", "*abc"), fnmatch.fnmatch("]", "[]]"), fnmatch.fnmatch("a-b", "a[-]b"), fnmatch.fnmatch("aXbXc", "a*b*c"), fnmatch.fnmatch("", "*")]

import glob
[glob.escape("a*b[c]?")]

import socket, getpass, platform, subprocess, tempfile
[socket.gethostname(), getpass.getuser(), platform.system(), subprocess.PIPE, tempfile.gettempdir()]
# unknown: ok

from __future__ import annotations, print_function
1

import pprint, traceback
(pprint.pprint({"a": 1}), traceback.print_exc())
# unknown: ok

import calendar
[calendar.monthrange(2024, 2)[1], int(calendar.monthrange(2024, 2)[0]), calendar.isleap(2024), calendar.isleap(1900), calendar.day_name[0], calendar.month_name[12], list(calendar.day_abbr), list(calendar.month_abbr)[:3], calendar.MONDAY == 0]

import importlib
importlib.import_module("json").dumps([1])

import importlib
importlib.import_module("os.path").join("a", "b")

import importlib, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "helpers"))
importlib.import_module("values_here").VALUE

import shutil
shutil.which("surely-not-there")
# unknown: ok

from collections import deque
d = deque([1, 2, 3])
d.rotate(1)
d[0]
# unknown: ok

import configparser
c = configparser.ConfigParser()
c.read_string("[a]\nx=1")
c.remove_option("a", "x")
c.get("a", "x", fallback="gone")
# unknown: ok
