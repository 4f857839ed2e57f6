import os
HERE = os.path.dirname(os.path.abspath(__file__))
[os.path.basename(__file__), os.path.isdir(HERE), os.path.exists(os.path.join(HERE, "config.json")), os.path.isfile(os.path.join(HERE, "sql")), os.path.isdir(os.path.join(HERE, "sql")), os.path.getsize(os.path.join(HERE, "config.json"))]

import os
HERE = os.path.dirname(__file__)
(sorted(os.listdir(HERE)), sorted(os.listdir(os.path.join(HERE, "sql"))), [f for f in sorted(os.listdir(HERE)) if f.endswith(".json")])

import os
HERE = os.path.dirname(__file__)
with open(os.path.join(HERE, "sql", "b.sql")) as f:
    text = f.read()
text

import os
HERE = os.path.dirname(__file__)
with open(os.path.join(HERE, "notes.txt"), encoding="utf-8") as f:
    lines = f.readlines()
with open(HERE + "/notes.txt", "rb") as f:
    raw = f.read()
(lines, raw, open(HERE + "/notes.txt").read(), [l.strip() for l in open(HERE + "/notes.txt")], open(HERE + "/notes.txt").readline(), open(HERE + "/notes.txt").name == HERE + "/notes.txt")

import os
f = open(os.path.join(os.path.dirname(__file__), "sql/b.sql"))
(f.readline(), next(f), f.read(), f.read(), f.closed, f.close(), f.closed)

import os
f = open(os.path.join(os.path.dirname(__file__), "sql/b.sql"))
f.close()
f.read()

import os
with open(os.path.join(os.path.dirname(__file__), "sql/b.sql")) as f:
    pass
f.read()

import os
f = open(os.path.join(os.path.dirname(__file__), "sql/b.sql"))
f.write("x")
# unknown: ok

import json, os
json.load(open(os.path.join(os.path.dirname(__file__), "config.json")))

import json
from pathlib import Path
here = Path(__file__).parent
with (here / "config.json").open() as f:
    config = json.load(f)
(config["tables"], json.loads((here / "config.json").read_text())["retries"])

import yaml, os
[d["id"] for d in yaml.safe_load(open(os.path.join(os.path.dirname(__file__), "config.yml")))["dags"]]

import yaml
from pathlib import Path
yaml.safe_load((Path(__file__).resolve().parent / "config.yml").read_text())

import csv, os
with open(os.path.join(os.path.dirname(__file__), "table.csv"), newline="") as f:
    rows = list(csv.DictReader(f))
rows

import csv, os
with open(os.path.join(os.path.dirname(__file__), "table.csv")) as f:
    r = csv.reader(f)
    header = next(r)
    rows = [row for row in r]
(header, rows)

import configparser, os
c = configparser.ConfigParser()
c.read(os.path.join(os.path.dirname(__file__), "settings.ini"))
(c["aws"]["region"], c.getint("aws", "retries"))

import configparser, os
c = configparser.ConfigParser()
with open(os.path.join(os.path.dirname(__file__), "settings.ini")) as f:
    c.read_file(f)
c.sections()

from pathlib import Path
here = Path(__file__).parent
(sorted(p.name for p in here.iterdir()), sorted(p.name for p in (here / "sql").glob("*.sql")), sorted(p.name for p in here.rglob("*.sql")), sorted(p.name for p in here.glob("**/*.sql")), sorted(str(p.relative_to(here)) for p in here.glob("*/*.sql")), sorted(p.stem for p in here.glob("[a-n]*")), [p.name for p in here.glob("nothing*")], sorted(p.name for p in here.glob("sql/*")), sorted(p.name for p in here.glob("sql/deep/c.sql")))

from pathlib import Path
here = Path(__file__).parent
((here / "sql").is_dir(), (here / "sql").exists(), (here / "config.json").is_file(), (here / "sql" / "a.sql").read_text(), (here / "sql/a.sql").read_bytes(), (here / "sql/../config.json").exists(), (here / "sql" / ".." / "config.json").resolve().name)

import glob, os
here = os.path.dirname(__file__)
(sorted(os.path.relpath(p, here) for p in glob.glob(here + "/*")), sorted(os.path.basename(p) for p in glob.glob(os.path.join(here, "sql", "*.sql"))), sorted(os.path.relpath(p, here) for p in glob.glob(here + "/**/*.sql", recursive=True)), sorted(os.path.relpath(p, here) for p in glob.glob(here + "/**", recursive=True)), glob.glob(here + "/config.json") == [here + "/config.json"], glob.glob(here + "/none.json"), sorted(os.path.basename(p) for p in glob.iglob(here + "/.h*")))

import os
here = os.path.dirname(__file__)
found = []
for root, dirs, files in os.walk(here):
    dirs.sort()
    found.append((os.path.relpath(root, here), sorted(dirs), sorted(f for f in files if not f.startswith("."))))
sorted(found)

import os
here = os.path.dirname(__file__)
found = []
for root, dirs, files in os.walk(here):
    if root == here:
        dirs[:] = [d for d in dirs if d != "sql"]
    found.append(os.path.basename(root))
(sorted(found)[0], len(found))

import os
here = os.path.dirname(__file__)
[os.path.relpath(root, here) for root, _, _ in os.walk(here + "/sql", topdown=False)]

import os
here = os.path.dirname(__file__)
with os.scandir(here) as it:
    found = sorted((e.name, e.is_dir(), e.is_file(), e.path == os.path.join(here, e.name)) for e in it)
found

import os
here = os.path.dirname(__file__)
sorted(e.name for e in os.scandir(here + "/sql") if e.is_file())

import os
sorted(os.listdir(os.path.join(os.path.dirname(__file__), "sql")))[0]

import os
open(os.path.join(os.path.dirname(__file__), "missing.txt")).read()
# unknown: ok

import os
os.path.exists(os.path.join(os.path.dirname(__file__), "missing.txt"))
# unknown: ok

import os
os.listdir("/")
# unknown: ok

import os
[os.path.exists("/etc/passwd"), os.path.exists("../x")]
# unknown: ok

import os
open(os.path.join(os.path.dirname(__file__), "..", "python.rs")).read()
# unknown: ok

from pathlib import Path
(Path(__file__).parent / "missing").exists()
# unknown: ok

from pathlib import Path
[f"load_{p.stem}" for p in sorted(Path(__file__).parent.joinpath("sql").glob("*.sql"))]

import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "helpers"))
from values_here import VALUE
VALUE

import os, sys
p = os.path.join(os.path.dirname(os.path.abspath(__file__)), "helpers")
if p not in sys.path:
    sys.path.append(p)
import values_here
(values_here.VALUE, p in sys.path)

import os, sys
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "helpers"))
import values_here
sys.path.pop()
values_here.VALUE

with open(__file__.replace("case.py", "sql/a.sql"), "r") as f:
    sql = "".join(f.readlines()).strip()
sql

import io
with io.open(__file__.replace("case.py", "sql/a.sql")) as f:
    x = [line for line in f]
x

import os
open(os.path.dirname(__file__) + "/config.json", "nope")
# unknown: ok

open(5)
# unknown: ok

import os
(os.path.realpath(__file__) == os.path.abspath(__file__), os.path.splitext(os.path.basename(__file__))[0])

(open(__file__.replace("case.py", "notes.txt"), newline="").read(), open(__file__.replace("case.py", "notes.txt"), newline=None).read())
