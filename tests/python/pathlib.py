from pathlib import Path, PurePath, PurePosixPath, PosixPath
[Path("a/b"), Path("a", "b", "c"), Path("a//b/./c/"), Path(), Path("."), Path("/"), Path("//a"), Path("///a"), Path("a/.."), Path("/a", "/b"), Path(Path("x"), "y"), PurePath("a"), PurePosixPath("b"), PosixPath("c")]

from pathlib import Path
[str(p) for p in [Path("a/b"), Path("a//b/./c/"), Path(), Path("/"), Path("//a"), Path("///a"), Path("./a"), Path("a/../b")]]

from pathlib import Path
p = Path("/usr/local/airflow/dags/my.dag.py")
(p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parents[0], p.parents[2], list(p.parents), len(p.parents), p.parts, p.root, p.anchor, p.drive, p.is_absolute())

from pathlib import Path
[(Path(t).name, Path(t).stem, Path(t).suffix) for t in ["a.py", ".bashrc", "a.", "a.tar.gz", "", "/", "..", "a/.b.c", "dir/"]]

from pathlib import Path
[Path(t).parent for t in ["a/b", "a", "", "/", "/a", "..", "a/b/c", "//a"]]

from pathlib import Path
[list(Path(t).parents) for t in ["a/b", "/a/b", "", "/"]]

from pathlib import Path
[Path("a") / "b", "a" / Path("b"), Path("a") / Path("b"), Path("a") / "/b", Path("a") / "..", Path("a") / "", Path() / "x", Path("a").joinpath("b", "c"), Path("a").joinpath()]

from pathlib import Path
Path("a") / 5

from pathlib import Path
Path("a") + "b"

from pathlib import Path
"a" + Path("b")

from pathlib import Path
Path(5)

from pathlib import Path
Path(None)

from pathlib import Path
[Path("a/b.txt").with_suffix(".md"), Path("a/b").with_suffix(".md"), Path("a/b.txt").with_suffix(""), Path("a/b.tar.gz").with_suffix(".zip"), Path("a/b.txt").with_name("c.py"), Path("a/b.txt").with_stem("z")]

from pathlib import Path
Path("a").with_suffix("md")

from pathlib import Path
Path("a").with_suffix(".")

from pathlib import Path
Path("/").with_suffix(".md")

from pathlib import Path
Path("a").with_name("")

from pathlib import Path
Path("a").with_name("b/c")

from pathlib import Path
[Path("/a/b/c").relative_to("/a"), Path("/a/b").relative_to("/a/b"), Path("a/b").relative_to("a"), Path("/a/b").relative_to("/"), Path("/a/b").is_relative_to("/a"), Path("/ab").is_relative_to("/a"), Path("a").is_relative_to("/a")]

from pathlib import Path
Path("/a/b").relative_to("/c")

from pathlib import Path
Path("a").relative_to("/a")

from pathlib import Path
[Path("a/b.py").match("*.py"), Path("a/b.py").match("a/*.py"), Path("/a/b.py").match("/*.py"), Path("a/b/c.py").match("b/*.py"), Path("a.py").match("/a.py"), Path("a/b").match("a"), Path("a.PY").match("*.py")]

from pathlib import Path
Path("a").match("")

from pathlib import Path
[Path("a") == Path("a"), Path("a") == "a", Path("a/b") == Path("a//b"), Path("a") != Path("b"), Path("a") < Path("b"), Path("a/z") < Path("a.b"), sorted([Path("b"), Path("a/b"), Path("a")]), {Path("a"): 1}[Path("a")], Path("a") in [Path("a")]]

from pathlib import Path
Path("a") < "b"

from pathlib import Path, PurePath, PosixPath
[type(Path("a")).__name__, isinstance(Path("a"), PurePath), isinstance(Path("a"), Path), isinstance(Path("a"), PosixPath), isinstance(PurePath("a"), Path), isinstance("a", Path), type(PurePath("a")).__name__]

from pathlib import Path
[Path("a b").as_posix(), f"{Path('a')}", f"{Path('a')!r}", str(Path("a")) + "x", "%s" % Path("q"), "{}".format(Path("z")), Path("/a/b").as_uri()]

from pathlib import Path
Path("a").as_uri()

from pathlib import Path
f"{Path('a'):>5}"

from pathlib import Path
[Path("/a/../b").resolve(), Path("/a/b").absolute(), Path("/a/..").resolve(), Path("/a").expanduser(), bool(Path("")), Path("/a/b/c.py").resolve().parent.parent / "sql"]

from pathlib import Path
[Path("a").resolve(), Path.cwd(), Path.home(), Path("~").expanduser(), Path("a").exists()]
# unknown: ok

from pathlib import Path
import os
[os.path.join(Path("a"), "b"), os.path.basename(Path("a/b")), os.fspath(Path("a")), os.path.exists(Path("relative/x"))][:3]
# unknown: ok

from pathlib import Path
import os
[os.path.join(Path("a"), "b"), os.path.basename(Path("a/b")), os.fspath(Path("a")), os.path.dirname(Path("/a/b"))]

from pathlib import Path
Path("a").nope
# unknown: ok

from pathlib import Path
Path("a").name = "b"

from pathlib import Path
Path("a").joinpath(5)

from pathlib import Path
Path("/a/b").parents[5]

from pathlib import Path
len(Path("a"))

from pathlib import Path
list(Path("a"))

from pathlib import Path
Path("/x/dags/team/a.py").parent.name

from pathlib import Path
[p.stem for p in sorted([Path("b.sql"), Path("a.sql")])]
