import configparser
c = configparser.ConfigParser()
c.read_string("""
[DEFAULT]
base = 1
[a]
x = 5
Y: hello world
flag = yes
# comment
; another
ratio=1.5
[b]
x = 6
""")
(c.sections(), c.get("a", "x"), c["a"]["y"], c.getint("a", "x"), c.getboolean("a", "flag"), c.getfloat("a", "ratio"), c.get("b", "base"), c.has_section("b"), c.has_option("a", "zz"), c.options("b"), c.items("b"), c.get("a", "nope", fallback="d"), c["b"].get("nope", "e"), "a" in c, "x" in c["a"], c["a"].getint("x"), c["a"].getboolean("flag"), dict(c["b"]), list(c), c.getint("a", "nope", fallback=3))

import configparser
c = configparser.ConfigParser()
c.get("a", "b")

import configparser
c = configparser.ConfigParser()
c["a"]

import configparser
c = configparser.ConfigParser()
c.read_string("[a]\nx=1")
c.get("a", "y")

import configparser
c = configparser.ConfigParser()
c.read_string("[a]\nx=1")
c["a"]["y"]

import configparser
c = configparser.ConfigParser()
c.read_string("[a]\nx=maybe")
c.getboolean("a", "x")

import configparser
c = configparser.ConfigParser()
c.read_dict({"s": {"K": "v", "n": 5}})
c["t"] = {"Q": "r"}
(c["s"]["k"], c["s"]["n"], c["t"]["q"], c.sections())

import configparser
c = configparser.RawConfigParser()
c.read_string("[a]\nx = %(y)s")
c.get("a", "x")

import configparser
c = configparser.ConfigParser()
c.read_string("[a]\ny = 1\nx = %(y)s")
c.get("a", "x")
# unknown: ok

import configparser
c = configparser.ConfigParser(interpolation=None)
c.read_string("[a]\nx = 5%")
c.get("a", "x")

import configparser
try:
    configparser.ConfigParser().get("a", "b")
except configparser.NoSectionError as e:
    r = str(e)
r
