out = []
def put(name, f):
    try:
        out.append((name, f()))
    except Exception as e:
        out.append((name, type(e).__name__))
import pkg
put("alpha name", lambda: (pkg.alpha.NAME, pkg.alpha.PACKAGE))
put("late", lambda: pkg.alpha.late())
put("gamma", lambda: pkg.gamma.seen)
put("star private", lambda: pkg._private)
put("star hidden", lambda: pkg.hidden)
put("LEAF", lambda: pkg.LEAF)
import pkg.sub.leaf
put("submodule binding beats attribute", lambda: pkg.sub.leaf.x)
put("LEAF still", lambda: pkg.LEAF)
from pkg.sub import leaf
put("from import gives submodule", lambda: leaf.x)
import pkg.sub.up as up
put("triple dot", lambda: up.value)
put("unbound submodule", lambda: pkg.sub.nothing)
import ns.deep.mod
put("namespace", lambda: ns.deep.mod.value)
from ns import deep
put("ns from", lambda: deep.mod.value)
import importlib
put("import_module", lambda: importlib.import_module("pkg.sub.up").value)
put("import_module rel", lambda: importlib.import_module(".up", package="pkg.sub").value)
put("__import__ top", lambda: __import__("pkg.sub.up").VERSION)
put("__import__ leaf", lambda: __import__("pkg.sub.up", fromlist=["value"]).value)
from star_src import *
put("star fn", lambda: fn())
put("star os", lambda: os.path.join("a", "b"))
put("star under", lambda: _under)
def bad_name():
    from pkg import nothing_here
put("cannot import", bad_name)
from lazy_attr import magic
put("getattr", lambda: magic)
def lazy2():
    from lazy_attr import other
put("getattr none", lazy2)
import pkg as again
put("same", lambda: again is pkg)
import sys
pkg.alpha.NAME = "changed"
from pkg.alpha import NAME
put("store visible", lambda: NAME)
