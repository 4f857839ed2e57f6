import os.path
os.path.join("a", "b", "c")

import os
[os.path.join("a", "b"), os.path.join("a/", "b"), os.path.join("a", "/b"), os.path.join("", "b"), os.path.join("a", ""), os.path.join("/", "a"), os.path.join("a"), os.path.join("a", "..", "b"), os.path.join("a", "", "b"), os.path.join("/a/", "/b/", "c")]

import os
[os.path.basename(p) for p in ["a/b.py", "/a/b/", "b", "", "/", "a//b", "a/b.tar.gz", ".bashrc"]]

import os
[os.path.dirname(p) for p in ["a/b.py", "/a/b/", "b", "", "/", "a//b", "//a", "/a", "a/b/c"]]

import os
[os.path.split(p) for p in ["a/b.py", "/a/b/", "b", "", "/", "a//b", "//a", "///a//b"]]

import os
[os.path.splitext(p) for p in ["a/b.py", "a.b/c", ".bashrc", "a/.bashrc", "a.tar.gz", "", "..a", "a.", "...a.b", "a/..b", ".a.b"]]

import os
[os.path.normpath(p) for p in ["a/./b", "a//b", "a/../b", "/../a", "//a", "///a", "", ".", "..", "a/..", "../../a", "/a/b/../../..", "./a", "a/b/../../../c", "/", "//", "a/"]]

import os
[os.path.isabs(p) for p in ["/a", "a", "", "//a"]]

import os
[os.path.abspath(p) for p in ["/a/b/../c", "/a//b", "/", "/a/."]]

import os
os.path.abspath("a")
# unknown: ok

import os
[os.path.relpath("/a/b/c", "/a"), os.path.relpath("/a", "/a/b/c"), os.path.relpath("/a/b", "/a/c"), os.path.relpath("/a", "/a"), os.path.relpath("a/b", "a"), os.path.relpath("a/b", "c/d"), os.path.relpath("/a/../b", "/c")]

import os
os.path.relpath("")

import os
[os.path.commonpath(["/a/b", "/a/c"]), os.path.commonpath(["a/b/c", "a/b"]), os.path.commonpath(["/a"]), os.path.commonprefix(["abc", "abd"]), os.path.commonprefix([]), os.path.commonpath(["/usr/lib", "/usr/libexec"])]

import os
os.path.commonpath(["/a", "b"])

import os
os.path.commonpath([])

import os
[os.sep, os.linesep, os.name, os.curdir, os.pardir, os.pathsep, os.extsep, os.devnull, os.path.sep, os.altsep]

import os
[os.path.splitdrive("/a/b"), os.path.normcase("A/b"), os.fspath("a"), os.path.expanduser("/a"), os.path.expandvars("/a")]

import os
os.path.join("a", 5)

import os
os.path.join(None, "a")

import os
os.path.basename(None)

import os
os.path.basename(5)

import os
os.path.join()

import os
os.path.basename()

import os
os.path.basename("a", "b")

import os
os.path.join(*["a", "b"], "c")

import os
(lambda p: os.path.splitext(os.path.basename(p))[0])("/usr/local/airflow/dags/team/my_dag.py")

import os
os.path.basename("/x/my_dag.py").replace(".py", "")

from os import path
path.dirname(path.dirname("/a/b/c.py"))

from os.path import join, dirname as d
join(d("/a/b"), "c")

import posixpath
posixpath.join("s3://bucket", "key")

import os
os.environ["ZZ_A"] = "1"
os.environ["ZZ_B"] = os.environ["ZZ_A"] + "2"
(os.environ["ZZ_B"], os.environ.get("ZZ_A"), os.getenv("ZZ_B", "x"), "ZZ_A" in os.environ, os.environ.get("ZZ_A", "d"))

import os
os.environ["ZZ_A"] = "1"
del os.environ["ZZ_A"]
("ZZ_A" in os.environ, os.environ.get("ZZ_A"), os.environ.get("ZZ_A", "d"), os.getenv("ZZ_A"))

import os
os.environ["ZZ_A"] = "1"
del os.environ["ZZ_A"]
os.environ["ZZ_A"]

import os
os.environ["ZZ_A"] = 1

import os
os.environ[5]

import os
os.environ.update({"ZZ_A": "1"}, ZZ_B="2")
(os.environ.pop("ZZ_A"), os.environ.pop("ZZ_A", "gone"), os.environ["ZZ_B"], os.environ.setdefault("ZZ_B", "9"), os.environ.setdefault("ZZ_A", "9"), os.environ["ZZ_A"])

import os
e = os.environ
e["ZZ_C"] = "7"
(os.environ is e, os.environ["ZZ_C"], os.getenv("ZZ_C"))

import os
from os import environ, getenv
environ["ZZ_D"] = "8"
(os.environ["ZZ_D"], getenv("ZZ_D"))

import os
os.environ["ZZ_PORT"] = "80"
int(os.environ.get("ZZ_PORT", 5432)) + 1

import os
os.environ["ZZ_FLAG"] = "true"
os.getenv("ZZ_FLAG", "false").lower() in ("true", "1")

import os
os.environ.get("ZZ_NOT_THERE_AT_ALL")
# unknown: ok

import os
os.environ.get("ZZ_NOT_THERE_AT_ALL", "x")
# unknown: ok

import os
os.environ["ZZ_NOT_THERE_AT_ALL"]
# unknown: ok

import os
os.environ.get()

import os
os.getenv(5)
# unknown: ok

import os
len(os.environ) > 0
# unknown: ok

import os
[os.path.exists("relative"), os.path.isfile("relative"), os.path.isdir("relative")]
# unknown: ok
