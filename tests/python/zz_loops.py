import pendulum
out = []
for z in ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC", "Pacific/Apia", "Africa/Casablanca", "America/Havana"]:
    d = pendulum.datetime(2019, 3, 30, 23, 30, tz=z)
    for n in range(0, 40):
        out.append(str(d.add(days=n * 13, hours=n * 7, months=n % 17)))
        out.append(str(d.subtract(hours=n * 31, minutes=n)))
        out.append(str(d.add(hours=n * 131).start_of(["hour", "day", "week", "month", "year"][n % 5])))
        out.append(str(d.add(hours=n * 77).end_of(["hour", "day", "week", "month", "year"][n % 5])))
        out.append(d.add(days=n).format("YYYY-MM-DD HH:mm:ss Z zz E d DDD wo Q X"))
        out.append(str(d.add(days=n * 3).in_tz("Asia/Kolkata")))
        out.append(str(d.add(days=n).set(hour=2, minute=30)))
        out.append(str(d.add(days=n).next(n % 7)))
out

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
out = []
for z in ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]:
    zone = ZoneInfo(z)
    for n in range(0, 100):
        d = datetime(2021, 1, 1, tzinfo=zone) + timedelta(days=n * 5, hours=n % 24, minutes=n * 7)
        out.append((str(d), d.strftime("%c %z %Z %j %U %W %V %G"), d.utcoffset(), d.timestamp(), str(d.astimezone(timezone.utc)), (d - datetime(2021, 1, 1, tzinfo=timezone.utc)).total_seconds()))
        e = datetime(2021, 1, 1, tzinfo=timezone.utc) + timedelta(hours=n * 59)
        out.append(str(e.astimezone(zone)))
out

from datetime import timedelta
out = []
for a in range(-30, 30, 7):
    for b in [0.1, 1.5, -2.25, 1/3, 1e-6, 123456.789]:
        t = timedelta(days=a, seconds=b, microseconds=a * 3)
        out.append((t, str(t), t * b, t / 7, t // 3, -t, abs(t), t.total_seconds(), t % timedelta(hours=5), t / timedelta(hours=3), t * 3, t / b))
out

from datetime import timedelta
[timedelta(microseconds=m, milliseconds=n) for m in (0, 1, 2) for n in (0.0005, 0.0015, 0.0025, -0.0005, 1.0005)]

from dateutil.relativedelta import relativedelta, MO, TU, WE, TH, FR, SA, SU
from datetime import datetime
out = []
for n in range(80):
    d = datetime(2023, 1, 31, 5, 6, 7) + relativedelta(days=n * 11)
    out.append(str(d + relativedelta(months=n % 29 - 14, days=n - 40, hours=n * 3)))
    out.append(str(d - relativedelta(years=n % 5, months=n % 13)))
    out.append(str(d + relativedelta(day=31, weekday=[MO, TU, WE, TH, FR, SA, SU][n % 7](-1 - n % 3))))
    out.append(str(d + relativedelta(day=1, weekday=[MO, TU, WE, TH, FR, SA, SU][n % 7](1 + n % 3))))
    out.append(repr(relativedelta(months=n * 5 - 100, hours=n * 17 - 300, seconds=n * 1001 - 9999)))
out

import re
out = []
texts = ["", "a", "aab", "a-b_c.d", "x=1, y=22", "2024-01-05T01:02:03", "CamelCaseString", "__a__b__", "foo.bar.baz", "a\nb\nc\n", "  lead trail  ", "abcabcabc", "über straße", "<a href='x'>y</a>"]
pats = ["a", "a*", "a+b?", "[a-c]+", "\\w+", "\\W+", "\\d+", "\\s*", "^a", "b$", "^", "$", "(a)(b)?", "(\\w+)=(\\w+)", "(?P<k>\\w)\\d", "(?:ab|a)c?", "[^a-z]", ".", "\\b", "(?=b)", "(?<=a)b", "(\\w)\\1", "([A-Z][a-z]*)", "x{0,2}", "(?m)^.", "(?s).+", "[\\w.-]+", "(a|(b))+", "((a)|b)?c", "\\d{4}-\\d{2}", "a*?b", "(a*)b", "a??", "(?:a|b)*?c"]
for p in pats:
    for t in texts:
        c = re.compile(p)
        out.append((p, t, c.findall(t), c.split(t), c.sub("<\\g<0>>", t), c.sub("-", t, 1), [m.span() for m in c.finditer(t)], bool(c.match(t)), bool(c.fullmatch(t)), c.search(t).groups() if c.search(t) else None))
out

import json
out = []
for v in [0.1, 1/3, 1e16, 1e15, 123456789.123456789, 1e-5, 1e-4, 5e-324, 1.7976931348623157e308, 2**53, 2**63, -2**70, [[], {}, [[]], {"a": {}}], {"k": [1, {"z": None, "a": [True, False]}]}, "tab\tnl\nq\"b\\s/é\x1f\u2028", list(range(20))]:
    for kw in [{}, {"indent": 2}, {"indent": 0}, {"separators": (",", ":")}, {"ensure_ascii": False}, {"sort_keys": True}, {"indent": "--", "sort_keys": True}]:
        s = json.dumps(v, **kw)
        out.append((s, json.loads(s) == v))
out

import os, itertools
parts = ["", "a", "/", "..", ".", "b/", "/c", "d//e", "~x", ".h", "f.txt", "g.tar.gz"]
[(os.path.join(a, b), os.path.normpath(os.path.join(a, b)), os.path.split(a + b), os.path.splitext(a + b), os.path.dirname(b + a), os.path.basename(a + b)) for a, b in itertools.product(parts, parts)]

from pathlib import PurePosixPath as P
import itertools
parts = ["", "a", "/", "..", ".", "b/", "/c", "d//e", "~x", ".h", "f.txt", "g.tar.gz"]
[(str(P(a) / b), P(a, b).parts, P(a + b).name, P(a + b).stem, P(a + b).suffix, P(a + b).suffixes, str(P(a, b).parent), P(a, b).is_absolute(), P(a) == P(b)) for a, b in itertools.product(parts, parts)]

import fnmatch, itertools
pats = ["*", "?", "a*", "*b", "[ab]", "[!a]", "[a-c]*", "a?b", "*.*", "[]]", "[!]]", "[[]", "a[", "[a", "**", "*a*b*", "[a-]", "[-a]", "[!-a]", "\\*", "[z-a]"]
names = ["", "a", "b", "ab", "a.b", "abc", "]", "[", "a[", "-", "*", "\\*", "[a", "aXb", "\n", "a\nb"]
[(p, n, fnmatch.fnmatchcase(n, p)) for p, n in itertools.product(pats, names)]

from string import Template
[Template(t).safe_substitute(a=1, bc="x", _d="$") for t in ["$a", "${a}", "$$a", "$ab", "$bc$a", "${bc}d", "$", "$$", "${", "${}", "$1", "$_d", "${_d}$$", "a$", "$é", "${a b}", "$A"]]
