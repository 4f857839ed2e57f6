from urllib.parse import quote, quote_plus, unquote, unquote_plus
[quote("a b/c?d=é&"), quote("a b/c", safe=""), quote_plus("a b/c&d"), unquote("a%20b%C3%A9%zz"), unquote_plus("a+b%2Bc"), quote("~_.-"), quote("p@ss:w/rd"), quote_plus("p@ss:w/rd+x"), quote(""), quote("a+b")]

from urllib.parse import urlencode
[urlencode({"a": 1, "b": "x y", "c": None}), urlencode([("a", "1"), ("a", "2")]), urlencode({"a": [1, 2]}, doseq=True), urlencode({"a": [1, 2]}), urlencode({}), urlencode({"é": "ü/"}), urlencode({"a": "b c"}, safe="/")]

from urllib.parse import urlparse
u = urlparse("https://user:pw@Example.com:8080/a/b;p?q=1#f")
(u.scheme, u.netloc, u.path, u.params, u.query, u.fragment, u.hostname, u.port, u.username, u.password, u.geturl(), u[1], list(u), len(u), u)

from urllib.parse import urlparse, urlsplit
[urlparse(t) for t in ["s3://bucket/key/a.csv", "a/b", "/a", "", "mailto:x@y.z", "http://h", "http://h?x", "//h/p", "postgresql://u:p@h/db", "file:///a/b"]], urlsplit("http://h/a;b?c#d"), urlparse("s3://b/k").path.lstrip("/")

from urllib.parse import urljoin
[urljoin("http://h/a/b", "c"), urljoin("http://h/a/b/", "c"), urljoin("http://h", "c"), urljoin("http://h/a", "/c/d"), urljoin("http://h/a", "https://x/y"), urljoin("", "a"), urljoin("http://h/a", ""), urljoin("http://h/a/b", "c?d=1")]

from urllib.parse import parse_qs, parse_qsl
[parse_qs("a=1&b=2&a=3"), parse_qsl("a=1&b=x+y%21"), parse_qs(""), parse_qs("a=&b=1")]

import urllib.parse
urllib.parse.quote("a b")

from urllib import parse
parse.urlencode({"a": 1})

import urllib.parse as up
up.urlparse("https://h/p").netloc == "h"
