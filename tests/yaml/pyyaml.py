"""Reads YAML as dag-factory 1.0.1 does, for the tests in `tests/yaml.rs`.

Each line of standard input is a JSON object. `load`: the text and the value that is meant, tagged with its types; prints
a line for each that comes back as another. `compose`: the text; prints the tree that PyYAML makes of it, or null.
"""

import collections
import datetime
import importlib
import json
import os
import pkgutil
import struct
import sys
import types
import zoneinfo

import yaml

try:
    import pendulum  # noqa: F401
except ImportError:
    def pendulum_datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tz="UTC"):
        zone = zoneinfo.ZoneInfo(tz)
        return datetime.datetime(year, month, day, hour, minute, second, microsecond, tzinfo=zone)

    sys.modules["pendulum"] = types.SimpleNamespace(datetime=pendulum_datetime)

sys.setrecursionlimit(20_000)


class EveryVariable(dict):
    """An environment in which each name is set."""

    def __missing__(self, name):
        return "EXPANDED: [" + name


def expandvars(text):
    environ, os.environ = os.environ, EveryVariable()
    try:
        return os.path.expandvars(text)
    finally:
        os.environ = environ


def import_from_string(path):
    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def cast_with_type(data):
    if isinstance(data, dict):
        if data.get("__type__") == "builtins.list" and "items" in data:
            return [cast_with_type(item) for item in data["items"]]
        processed = {k: cast_with_type(v) for k, v in data.items() if k not in ("__type__", "__args__")}
        args = cast_with_type(data.get("__args__"))
        args = [] if args is None else args
        if not isinstance(args, list):
            raise ValueError("__args__")
        if "__type__" in data:
            return import_from_string(data["__type__"])(*args, **processed)
        return processed
    if isinstance(data, list):
        return [cast_with_type(item) for item in data]
    return data


def fold(data):
    if isinstance(data, dict):
        if any(key in data for key in ("__and__", "__or__", "__join__")):
            return "FOLDED"
        return {key: fold(value) for key, value in data.items()}
    if isinstance(data, list):
        return [fold(item) for item in data]
    return data


def load_as_dag_factory(text):
    return fold(cast_with_type(yaml.load(expandvars(text), Loader=yaml.FullLoader)))


def build(meant):
    """The Python value that a tagged value stands for."""
    kind, value = meant
    if kind in ("none", "bool", "str"):
        return value
    if kind == "int":
        return int(value)
    if kind == "float":
        return struct.unpack(">d", bytes.fromhex(value))[0]
    if kind == "bytes":
        return bytes(value)
    if kind == "list":
        return [build(item) for item in value]
    if kind == "tuple":
        return tuple(build(item) for item in value)
    if kind == "set":
        return {build(item) for item in value}
    if kind == "frozenset":
        return frozenset(build(item) for item in value)
    if kind == "dict":
        return {build(key): build(item) for key, item in value}
    if kind == "date":
        return datetime.date(*value)
    if kind == "time":
        return datetime.time(*value)
    if kind == "timedelta":
        return datetime.timedelta(value[0], value[1], value[2])
    if kind == "datetime":
        parts, zone = value
        if isinstance(zone, int):
            zone = datetime.timezone(datetime.timedelta(seconds=zone))
        elif zone is not None:
            zone = zoneinfo.ZoneInfo(zone)
        return datetime.datetime(*parts, tzinfo=zone)
    if kind == "reference":
        return pkgutil.resolve_name(value)
    if kind == "object":
        path, args, kwargs = value
        return import_from_string(path)(*map(build, args), **{name: build(arg) for name, arg in kwargs})
    raise ValueError(kind)


def zone_name(value):
    zone = value.tzinfo
    return zone if zone is None or isinstance(zone, datetime.timezone) else zone.key


def same(meant, found):
    """Equality with types, to the sign of zero; a pendulum datetime counts as a datetime."""
    if isinstance(meant, datetime.datetime):
        return (
            isinstance(found, datetime.datetime)
            and meant.replace(tzinfo=None) == found.replace(tzinfo=None, fold=0)
            and meant.utcoffset() == found.utcoffset()
            and zone_name(meant) == zone_name(found)
        )
    if type(meant) is not type(found):
        return False
    if isinstance(meant, float):
        return struct.pack(">d", meant) == struct.pack(">d", found) or (meant != meant and found != found)
    if isinstance(meant, (list, tuple)):
        return len(meant) == len(found) and all(map(same, meant, found))
    if isinstance(meant, dict):
        return len(meant) == len(found) and all(
            same(a, c) and same(b, d) for (a, b), (c, d) in zip(meant.items(), found.items())
        )
    if isinstance(meant, (set, frozenset)):
        members = collections.Counter((type(item), item) for item in meant)
        return members == collections.Counter((type(item), item) for item in found)
    return meant == found


def load():
    wrong = count = 0
    for count, line in enumerate(sys.stdin, 1):
        case = json.loads(line)
        try:
            found = load_as_dag_factory(case["yaml"])
            fine = same(build(case["meant"]), found)
        except Exception as error:
            fine, found = False, f"{type(error).__name__}: {error}"
        if not fine:
            wrong += 1
            print(json.dumps({"yaml": case["yaml"], "meant": case["meant"], "found": repr(found)}))
    print(json.dumps({"count": count, "wrong": wrong}))


def tree(node):
    start = [node.start_mark.line + 1, node.start_mark.column + 1]
    if isinstance(node, yaml.ScalarNode):
        return [node.tag, start, node.value]
    if isinstance(node, yaml.SequenceNode):
        return [node.tag, start, [tree(item) for item in node.value]]
    return [node.tag, start, [[tree(key), tree(value)] for key, value in node.value]]


def compose():
    for line in sys.stdin:
        try:
            node = yaml.compose(json.loads(line)["yaml"], Loader=yaml.FullLoader)
            print(json.dumps(node and tree(node)))
        except (yaml.YAMLError, RecursionError):
            print("null")


if __name__ == "__main__":
    {"load": load, "compose": compose}[sys.argv[1]]()
