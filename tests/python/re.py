import re
[re.match(r"(\w+) (\w+)", "hello world").groups(), re.match("b", "abc"), re.search("b", "abc").span(), re.fullmatch("abc", "abc").group(), re.fullmatch("ab", "abc"), bool(re.search("x", "abc"))]

import re
[re.sub("a", "b", "banana"), re.sub("a", "b", "banana", 1), re.sub("a", "b", "banana", count=2), re.sub(r"(\w)(\d)", r"\2\1", "a1b2"), re.sub(r"(?P<x>\w)", r"<\g<x>>", "ab"), re.sub("x*", "-", "abxd"), re.sub("", "-", "abc"), re.sub(r"\s+", " ", "a \n\t b"), re.subn("a", "b", "aXa"), re.sub("a", lambda m: m.group().upper(), "banana"), re.sub(r"\W", "_", "a-b c.d"), re.sub("(a)|(b)", r"[\1\2]", "abc"), re.sub("a", r"\\", "a"), re.sub("a", r"\n", "a"), re.sub("a", r"\g<0>\g<0>", "a")]

import re
[re.findall("a", "banana"), re.findall("(a)(n)?", "banana"), re.findall("(a)", "banana"), re.findall("x*", "axb"), re.findall(r"\d+", "a1b22c333"), re.findall("", "abc"), re.findall(r"\b\w", "hello big world"), re.findall("a|b", "abc")]

import re
[re.split(",", "a,b,,c"), re.split(r"[,;]\s*", "a, b;c"), re.split("(,)", "a,b"), re.split(",", "a,b,c", 1), re.split("x*", "axbc"), re.split(",", ""), re.split("(a)|b", "xaybz"), re.split(r"\s+", " a b ", maxsplit=1), re.split("", "abc")]

import re
[(m.start(), m.end(), m.group()) for m in re.finditer("a+", "baanaaa")]

import re
m = re.match(r"(?P<y>\d{4})-(?P<m>\d\d)(?P<d>-\d\d)?", "2024-05x")
(m.group(), m.group(0), m.group(1, 2), m.group("y"), m["m"], m[1], m.groups(), m.groups("?"), m.groupdict(), m.groupdict(""), m.span("m"), m.start(3), m.end(), m.string, m.span(3), m.pos, m.endpos)

import re
repr(re.search("b+", "abbc"))

import re
re.match("a", "a").group(1)

import re
re.match("a", "a").group("x")

import re
re.match("a", "b").group()

import re
p = re.compile(r"(\d+)-(\w+)", re.I)
(p.pattern, p.groups, p.flags, p.match("12-ab").groups(), p.search("x 1-a").span(), p.sub("#", "1-a 2-b"), p.findall("1-a 2-b"), p.split("x1-ay"), p.fullmatch("1-a") is not None, p.match("x1-a", 1).group(), p.search("1-a 2-b", 1).group(), dict(p.groupindex))

import re
re.compile(re.compile("a")).pattern

import re
[re.escape(t) for t in ["a.b", "a-b", "a b", "é", "/", "@", "#", "a_b", "[]", "\n"]]

import re
[bool(re.match(p, t)) for p, t in [("^a$", "a"), ("^a$", "a\n"), ("^a$", "a\nb"), (r"a\Z", "a\n"), (r"\Aa", "a"), ("a.b", "a\nb"), ("(?s)a.b", "a\nb"), ("a b", "ab"), ("(?x) a b", "ab"), ("(?i)ABC", "abc"), ("[^a]", "\n"), ("[a-c]+$", "abc"), ("[]a]+$", "a]"), ("[^]a]", "]"), ("[a-]+$", "a-"), ("[.]", "."), ("[.]", "a"), (r"[\d-]+$", "1-2"), (r"[\w.]+@[\w.]+$", "a.b@c.d"), ("a{2}$", "aa"), ("a{,2}$", "aa"), ("a{1,}$", "aaa"), ("a{x}", "a{x}"), ("{a}", "{a}"), ("a{}", "a{}")]]

import re
[re.findall(p, t) for p, t in [("a*?", "aa"), ("a+?", "aaa"), ("a??", "a"), ("<.*?>", "<a><b>"), ("(?:ab)+", "abab"), ("(?=a)b|a", "ab"), ("a(?=b)", "abac"), ("a(?!b)", "abac"), ("(?<=a)b", "abcb"), ("(?<!a)b", "abcb"), (r"(a)\1", "aab"), (r"(?P<q>['\"])x(?P=q)", "'x' \"x'"), ("(?i:A)b", "ab"), ("(?#comment)a", "a")]]

import re
[re.findall(r"^\w", "a\nb", re.M), re.findall(r"\w$", "a\nb", re.MULTILINE), re.findall("a.b", "a\nb", re.S), re.findall("A", "aA", re.IGNORECASE), re.findall("A", "aA", flags=re.I), re.findall("a # x\n b", "ab", re.X | re.I), re.findall("^", "a\nb\n", re.M), re.findall("$", "a\nb\n", re.M), re.findall("$", "a\n")]

import re
[re.findall(r"\w+", "héllo wörld"), re.findall(r"\d", "1٣"), re.findall(r"\d", "1٣", re.A), re.findall(r"\s", "a\u00a0b\x1cc\u2003"), re.findall(r"\w", "é", re.ASCII), re.findall(r"\b", "é a"), re.findall("[à-ü]", "aéz"), re.findall(r"\w", "²½_-"), re.findall(".", "é😀")]

import re
m = re.search("b", "éb")
(m.span(), m.start(), re.search("c", "😀éc").span())

import re
re.sub("a", 5, "a")

import re
re.match("a", 5)

import re
re.match("a", None)

import re
re.match(5, "a")

import re
re.compile("a", re.I).match("A", flags=re.I)

import re
[re.sub(r"[^a-zA-Z0-9_.-]", "_", "my dag/ñ id!"), re.sub("([a-z0-9])([A-Z])", r"\1_\2", "camelCaseName").lower(), re.sub("-+", "-", "a--b---c"), re.sub(r"(\d+)", lambda m: str(int(m.group(1)) * 2), "a1b20"), "_".join(re.findall("[A-Z][a-z]+", "MyBigName"))]

import re
[re.IGNORECASE | re.MULTILINE, re.I | re.S, re.I == 2, bool(re.I & re.M), re.I is re.IGNORECASE]

import re
[re.match(r"^(\w+)_v(\d+)\.py$", f).groups() for f in ["a_v1.py", "long_name_v22.py"]]

import re
re.findall("(a|ab)(c|bcd)(d*)", "abcd")

import re
[re.match("(a)|(b)", "b").groups(), re.match("(a)?b", "b").group(1), re.match("(a)?b", "b").span(1), re.findall("(a)?b", "bab"), re.match("(?:(a)|b)*", "ab").group(1)]
# unknown: ok

import re
[re.findall("(a*)*", "b"), re.findall("(a*)+", "ab"), re.findall("(?:a|b*)*", "ab")]
# unknown: ok

import re
re.compile("(")
# unknown: ok

import re
re.compile("a**")
# unknown: ok

import re
re.compile("[b-a]")
# unknown: ok

import re
re.compile("(?<=a+)b")
# unknown: ok

import re
re.compile(r"\q")
# unknown: ok

import re
[re.match(r"\x41\u00e9\t\n\.\-\/\ ", "Aé\t\n.-/ ") is not None, re.match(r"[\x41-\x43]+", "ABC").group(), re.match(r"\0", "\0") is not None]

import re
[re.match(r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", "abcdefghijj").group(10)]

import re
re.search(r"(?m)^b.*$", "a\nbcd\ne").group()

from re import sub as s, compile as c, I
[s("A", "b", "aA", 0, I), c("A", I).findall("aA"), s("a", "b", "aaa", 2)]

import re
[m.group() for m in re.compile("a").finditer("banana")]

import re
len(re.split(r"\n\s*\n", "a\n\nb\n  \nc"))

import re
re.match("(?P<a>.)(?P<b>.)", "xy").expand(r"\2\1\g<a>")

import re
re.findall("(?i)é", "É")
# unknown: ok

import re
[type(re.compile("a")).__name__, type(re.match("a", "a")).__name__, isinstance(re.compile("a"), re.Pattern)]
