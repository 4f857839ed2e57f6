import yaml
yaml.safe_load("""
a: 1
b: [x, 2, 3.5, true, null, ~]
c:
  d: "q"
  e: 'w'
  f: |
    line 1
    line 2
  g: >
    folded
    text
""")

import yaml
[yaml.safe_load(t) for t in ["", "# only a comment\n", "a", "1", "1.5", "yes", "No", "on", "null", "~", "0x1f", "012", "1_000", "1:30", "2024-01-02", "2024-01-02T03:04:05Z", "2024-01-02 03:04:05 +02:00", "[]", "{}", "'1'", "1e3", "1.0e+3", ".inf", "- 1\n- 2", "!!str 1", "!!int '5'", "=" if False else "x"]]

import yaml
yaml.safe_load("""
base: &base
  a: 1
  b: 2
x:
  <<: *base
  b: 3
y: [*base, *base]
z:
  <<: [*base, {a: 5, c: 6}]
""")

import yaml
d = yaml.safe_load("a: &x [1]\nb: *x\n")
d["a"].append(2)
(d["b"], d["a"] is d["b"])

import yaml
yaml.safe_load("a: 1\na: 2\nb: 3")

import yaml
yaml.load("a: [1, {b: c}]", Loader=yaml.SafeLoader)

import yaml
[yaml.load("a: 1", Loader=yaml.FullLoader), yaml.load("a: 1", yaml.Loader), yaml.full_load("b: 2"), yaml.safe_load(b"c: 3")]

import yaml
yaml.load("a: 1")

import yaml, io
yaml.safe_load(io.StringIO("a: 1"))

import yaml
yaml.safe_load("a: [1")
# unknown: ok

import yaml
yaml.safe_load("a: !foo 1")
# unknown: ok

import yaml
yaml.safe_load("? [a]\n: 1")
# unknown: ok

import yaml
list(yaml.safe_load_all("a: 1"))

import yaml
[d["id"] for d in yaml.safe_load("dags:\n  - id: a\n    schedule: '@daily'\n  - {id: b, schedule: null}\n")["dags"]]

import yaml
try:
    x = yaml.safe_load("a: 1")
except yaml.YAMLError:
    x = None
x
