"""Stands in for packages that are not installed: operators, sensors and data-only classes keep their arguments.

Everything else of such a package is an `Opaque`: it may be passed around by name; whoever calls it, or looks into it,
makes what is being built unproved, because nobody knows what the real thing would have given.
"""

from __future__ import annotations

import ast
import functools
import importlib.machinery
import inspect
import re
import sys
import types

OPERATOR = re.compile(r"^_?[A-Z]\w*(Operator|Sensor)(Async)?$")

# Classes that only hold what they are given. The names are import paths.
DATA_ONLY = re.compile(
    r"^(google\.cloud\.[\w.]+\.types(\.\w+)*\.[A-Z]\w*"
    r"|google\.cloud\.\w+\.[A-Z]\w*Config"
    r"|google\.api_core\.retry(\.\w+)*\.Retry"
    r"|google\.protobuf\.[\w.]+\.[A-Z]\w*"
    r"|docker\.types(\.\w+)*\.[A-Z]\w*"
    r"|azure\.[\w.]+\.models(\.\w+)*\.[A-Z]\w*"
    r"|cosmos(\.\w+)*\.\w+Config)$"
)

# Frames between an import that a program asks for and the machinery that carries it out.
MACHINERY = ("importlib", "airflow.utils.deprecation_tools", "airflow.utils.module_loading", "pkgutil", __name__)

touched: list[str] = []
user_folders: list[str] = []


def touch(path: str, how: str) -> None:
    """Notes that a stub was used for more than its name."""
    note = f"{path} {how}"
    if note not in touched:
        touched.append(note)


class Opaque:
    """A thing of a package that is not installed, known by its import path alone."""

    def __init__(self, path: str):
        object.__setattr__(self, "_stub_path", path)
        object.__setattr__(self, "__name__", path.rpartition(".")[2])
        object.__setattr__(self, "__qualname__", path.rpartition(".")[2])
        object.__setattr__(self, "__module__", path.rpartition(".")[0])

    def __getattr__(self, name: str):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return make(f"{self._stub_path}.{name}")

    def __setattr__(self, name, value):
        touch(self._stub_path, f"has its attribute {name} set")

    def __call__(self, *args, **kwargs):
        touch(self._stub_path, "is called")
        return Opaque(f"{self._stub_path}()")

    def __mro_entries__(self, bases):
        touch(self._stub_path, "is a base class")
        return ()

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __class_getitem__(cls, item):
        return cls


def _touching(name: str):
    def method(self, *args, **kwargs):
        touch(self._stub_path, f"is used by {name}")
        if name in ("__str__", "__format__"):
            return f"<{self._stub_path}>"
        if name in ("__iter__", "__next__"):
            return iter(())
        if name == "__len__":
            return 0
        if name == "__bool__":
            return True
        return Opaque(f"{self._stub_path}.{name}()")

    return method


for _name in (
    "__str__ __format__ __iter__ __len__ __bool__ __getitem__ __setitem__ __contains__ __enter__ __exit__ __add__ "
    "__radd__ __sub__ __mul__ __truediv__ __mod__ __and__ __lt__ __le__ __gt__ __ge__ __int__ __float__ __neg__ "
    "__lshift__ __rshift__ __rlshift__ __rrshift__"
).split():
    setattr(Opaque, _name, _touching(_name))


class Data:
    """An object of a data-only class: the class path and the arguments."""

    _stub_path = ""

    def __init__(self, *args, **kwargs):
        self.__dict__["_args"] = args
        self.__dict__["_kwargs"] = kwargs

    def __getattr__(self, name: str):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        kwargs = self.__dict__.get("_kwargs", {})
        if name in kwargs:
            return kwargs[name]
        return make(f"{self._stub_path}.{name}")

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None


@functools.cache
def _data_class(path: str) -> type:
    module, _, name = path.rpartition(".")
    return type(name, (Data,), {"_stub_path": path, "__module__": module})


@functools.cache
def _operator_class(path: str) -> type:
    from canonical import BaseOperator, BaseSensorOperator

    module, _, name = path.rpartition(".")
    base = BaseSensorOperator if "Sensor" in name else BaseOperator
    of_base = set()
    for cls in base.__mro__:
        init = vars(cls).get("__init__")
        if init is not None:
            of_base.update(inspect.signature(init).parameters)
    of_base -= {"self", "args", "kwargs"}

    def __init__(self, **kwargs):
        own = {key: value for key, value in kwargs.items() if key not in of_base}
        # Any argument may be a template field: an XComArg in it makes an edge, as in all but a few real operators.
        object.__setattr__(self, "template_fields", tuple(own))
        base.__init__(self, **{key: value for key, value in kwargs.items() if key in of_base})
        for key, value in own.items():
            setattr(self, key, value)

    def execute(self, context):
        raise NotImplementedError

    body = {
        "__init__": __init__,
        "__module__": module,
        "__qualname__": name,
        "_stub_path": path,
        "execute": execute,
        "template_fields": (),
    }
    if base is BaseSensorOperator:
        body["poke"] = execute
    return type(base)(name, (base,), body)


@functools.cache
def make(path: str):
    """What an import path of a package that is not installed stands for."""
    name = path.rpartition(".")[2]
    if OPERATOR.match(name):
        return _operator_class(path)
    if DATA_ONLY.match(path):
        return _data_class(path)
    return Opaque(path)


class StubModule(types.ModuleType):
    """A module of a package that is not installed: it has whatever is asked of it."""

    def __getattr__(self, name: str):
        if name == "__all__":
            touch(self.__name__, "is imported with a star")
            return []
        if name == "__version__":
            touch(self.__name__, "is asked for its version")
            return "999"
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return make(f"{self.__name__}.{name}")

    def __reduce_ex__(self, protocol):
        # As a value it is what else may lie at its path: no module can be copied, and whoever asks for one by its path imports
        # as much of that as can be imported.
        return (Opaque, (self.__name__,))


class _Loader:
    def create_module(self, spec):
        module = StubModule(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


class Finder:
    """Finds what no other finder finds, if it belongs to a package that is not installed."""

    def find_spec(self, fullname, path=None, target=None):
        if not self._stands_in(fullname):
            return None
        return importlib.machinery.ModuleSpec(fullname, _Loader(), is_package=True)

    def _stands_in(self, fullname: str) -> bool:
        parts = fullname.split(".")
        parent = sys.modules.get(fullname.rpartition(".")[0])
        if isinstance(parent, StubModule):
            return True
        if parts[0] == "airflow":
            # A provider that is not installed; what is gone from an installed one is gone.
            if parts[1:2] != ["providers"] or len(parts) < 3:
                return False
            return not _caught(_origin())
        if parts[0] in sys.stdlib_module_names or parts[0].startswith("_"):
            return False
        if len(parts) > 1 and parts[0] not in ("google", "azure"):
            return False
        origin = _origin()
        return origin is not None and _may_ask(origin) and not _caught(origin)


def _origin():
    """The frame that asks for an import."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if not name.startswith(MACHINERY) and "importlib" not in frame.f_code.co_filename:
            return frame
        frame = frame.f_back
    return None


def _may_ask(frame) -> bool:
    file = frame.f_code.co_filename
    if "site-packages" in file:
        return frame.f_globals.get("__name__", "").startswith(("dagfactory", "airflow.providers."))
    return any(file.startswith(folder) for folder in user_folders)


@functools.cache
def _tries(file: str) -> tuple[tuple[int, int], ...]:
    """The lines of a file that stand in a `try` whose handler catches a failed import."""
    try:
        with open(file, "rb") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return ()
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Try):
            continue
        for handler in node.handlers:
            if isinstance(handler.body[-1], ast.Raise):
                continue
            names = (
                {leaf.id for leaf in ast.walk(handler.type) if isinstance(leaf, ast.Name)} if handler.type else set()
            )
            if handler.type is None or names & {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}:
                found.append((node.body[0].lineno, node.body[-1].end_lineno))
    return tuple(found)


def _caught(frame) -> bool:
    """Whether the import fails as the program foresees: then it does fail, as where the package is not installed."""
    if frame is None:
        return False
    line = frame.f_lineno
    return any(first <= line <= last for first, last in _tries(frame.f_code.co_filename))


def install() -> None:
    """Puts the finder behind all others."""
    sys.meta_path.append(Finder())
    import canonical

    for module in canonical.mapping_modules():
        validate = module.validate_mapping_kwargs

        def lenient(op, func, value, validate=validate):
            if not hasattr(op, "_stub_path"):
                validate(op, func, value)

        module.validate_mapping_kwargs = lenient
    note_missing_decorators()


def note_missing_decorators() -> None:
    """`@task.docker` of a provider that is not installed raises: what a file makes of that is no truth about Airflow."""
    from airflow.decorators import task

    collection = type(task)
    found = collection.__getattr__

    def noting(self, name: str):
        try:
            return found(self, name)
        except AttributeError:
            if not name.startswith("__"):
                touch(f"airflow.decorators.task.{name}", "is not installed")
            raise

    collection.__getattr__ = noting
