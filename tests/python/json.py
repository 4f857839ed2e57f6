import json
[json.dumps(v) for v in [None, True, False, 1, -5, 1.5, 1e16, 1e-7, 10**30, "a", "é", "\u2028", "\U0001f600", "\x7f\x00\"\\/\n\t\b\f\r", [], {}, [1, [2]], {"a": 1}, (1, 2), {"b": 1, "a": [1, {"c": None}]}]]

import json
[json.dumps({"a": 1, "b": [1, 2, {}], "c": []}, indent=2), json.dumps([1, [2, []]], indent="\t"), json.dumps({}, indent=2), json.dumps({"a": {}}, indent=0), json.dumps([1], indent=True), json.dumps({"a": 1, "b": 2}, indent=4, separators=(",", ": "))]

import json
[json.dumps({"a": 1, "b": 2}, separators=(",", ":")), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps("é", ensure_ascii=False), json.dumps({"é": 1}, ensure_ascii=False, indent=1), json.dumps([1, 2], separators=[" ; ", ":"])]

import json
json.dumps({1: "a", 1.5: "b", None: "c", True: "d", False: "e"})

import json
[json.dumps(float("nan")), json.dumps(float("inf")), json.dumps(-float("inf")), json.dumps(1e100), json.dumps(0.1 + 0.2), json.dumps(100000.0), json.dumps(-0.0), json.dumps(1e22)]

import json
json.dumps(float("nan"), allow_nan=False)

import json
json.dumps({(1, 2): 3})

import json
json.dumps({(1, 2): 3, "a": 1}, skipkeys=True)

import json
json.dumps({1, 2})

import json
json.dumps(b"a")

import json
json.dumps(object)

import json
from datetime import datetime
json.dumps({"a": datetime(2024, 1, 1)})

import json
from datetime import datetime, timedelta
json.dumps({"a": datetime(2024, 1, 1), "b": timedelta(1)}, default=str)

import json
json.dumps([{1, 2}], default=lambda o: sorted(o))

import json
from pathlib import Path
json.dumps(Path("a"), default=str)

import json
from enum import Enum
class E(str, Enum):
    A = "a"
class F(Enum):
    A = 1
json.dumps([E.A, {E.A: 1}])

import json
from enum import Enum
class F(Enum):
    A = 1
json.dumps(F.A)

import json
from enum import IntEnum
class F(IntEnum):
    A = 1
json.dumps([F.A, {"x": F.A}])

import json
from collections import OrderedDict, defaultdict, namedtuple
P = namedtuple("P", "x y")
json.dumps([OrderedDict(b=1, a=2), defaultdict(int, a=1), P(1, 2)])

import json
class D(dict):
    pass
class L(list):
    pass
class S(str):
    pass
json.dumps([D(a=1), L([1]), S("x")])

import json
class C:
    pass
json.dumps(C())

import json
class C:
    def __init__(self):
        self.a = 1
json.dumps(C(), default=lambda o: o.__dict__)

import json
json.dumps({"b": 1, 2: 1}, sort_keys=True)
# unknown: ok

import json
json.dumps(1, foo=2)

import json
json.dumps()

import json
[json.loads(t) for t in ["null", "true", "false", "1", "-0", "1.5", "1e3", "-1.5E-2", "\"a\"", "[]", "{}", " [1, 2 ,3] ", "{\"a\": {\"b\": [1]}}", "\"\\u00e9\\n\\\"\\/\"", "\"\\ud83d\\ude00\"", "123456789012345678901234567890", "NaN", "Infinity", "-Infinity", "\"é\"", "\n\t[ ]\r"]]

import json
[json.loads("{\"a\": 1, \"b\": 2, \"a\": 3}"), json.loads(b"[1]"), json.loads("1E400"), json.loads("0.1"), json.loads("1.0"), json.loads("100")]

import json
json.loads("")

import json
json.loads("{")

import json
json.loads("[1,]")

import json
json.loads("[1 2]")

import json
json.loads("{\"a\" 1}")

import json
json.loads("{a: 1}")

import json
json.loads("{\"a\": 1,}")

import json
json.loads("{'a': 1}")

import json
json.loads("\"abc")

import json
json.loads("\"a\nb\"")

import json
json.loads("\"\\x\"")

import json
json.loads("\"\\u12\"")

import json
json.loads("1 2")

import json
json.loads("01")

import json
json.loads("-")

import json
json.loads("nul")

import json
json.loads("\n\n  x")

import json
json.loads("[1,\n 2,\n x]")

import json
json.loads("\ufeff[]")

import json
json.loads(None)

import json
json.loads(5)

import json
json.loads("1.")

import json
json.loads(".5")

import json
json.loads("+1")

import json
json.loads("[" * 50 + "]" * 50)

import json
json.loads("\"\\ud800\"")
# unknown: ok

import json
json.load("x")

import json, io
json.load(io.StringIO('{"a": [1]}'))

import json
try:
    json.loads("x")
except json.JSONDecodeError as e:
    r = "decode"
except ValueError:
    r = "value"
r

import json
try:
    json.loads("x")
except ValueError as e:
    r = str(e)
r

import json
d = {"a": [1, 2, {"b": "é"}], "c": None, "d": 1.5, "e": True}
json.loads(json.dumps(d)) == d

import json
json.loads('{"a": 1}', object_hook=lambda d: d)
# unknown: ok

from json import dumps, loads
loads(dumps({"x": [1, "2", 3.0]}))
