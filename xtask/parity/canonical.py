"""Airflow's objects as plain JSON in which two DAGs are alike only if they behave alike.

JSON's own types stand for Python's None, bool, int, str, list and dict; all else is an object with one key that starts
with a dollar sign.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import functools
import hashlib
import inspect
import itertools
import json
import logging
import os
import pathlib
import re
import sys
import types

import attr
import pendulum

try:
    from airflow.sdk import DAG, BaseOperator, BaseSensorOperator, TaskGroup, XComArg
    from airflow.sdk.bases.decorator import _TaskDecorator
    from airflow.sdk.definitions import mappedoperator as _mapped
    from airflow.sdk.definitions.param import DagParam, Param, ParamsDict
    from airflow.sdk.definitions.xcom_arg import PlainXComArg
except ImportError:
    from airflow.decorators.base import _TaskDecorator
    from airflow.models import mappedoperator as _mapped
    from airflow.models.baseoperator import BaseOperator
    from airflow.models.dag import DAG
    from airflow.models.param import DagParam, Param, ParamsDict
    from airflow.models.xcom_arg import PlainXComArg, XComArg
    from airflow.sensors.base import BaseSensorOperator
    from airflow.utils.task_group import TaskGroup

from airflow.timetables.base import TimeRestriction

from stubs import Data, Opaque

MappedOperator = _mapped.MappedOperator

DEPTH = 14
folders: list[str] = []


def mapping_modules():
    """The modules whose check of mapped arguments must let stubs pass."""
    return [
        module
        for module in (_mapped, sys.modules.get("airflow.decorators.base"))
        if hasattr(module, "validate_mapping_kwargs")
    ]


def place(file: str | None) -> str | None:
    """A file below one of the folders, by its relative path."""
    for folder in folders:
        if file and file.startswith(folder + os.sep):
            return "file:" + os.path.relpath(file, folder)
    return None


def module_of(thing) -> str:
    name = getattr(thing, "__module__", None) or "?"
    code = getattr(thing, "__code__", None)
    file = code.co_filename if code is not None else getattr(sys.modules.get(name), "__file__", None)
    return place(file) or name


def path_of(cls) -> str:
    """The import path of a class or function; for one of the DAG files, the file and its name in it."""
    stub = cls.__dict__.get("_stub_path") if isinstance(cls, type) else None
    return stub or f"{module_of(cls)}:{getattr(cls, '__qualname__', repr(cls))}"


def zone(tz) -> str | None:
    if tz is None:
        return None
    for name in ("name", "key", "zone"):
        value = getattr(tz, name, None)
        if isinstance(value, str):
            return "UTC" if value in ("+00:00", "Etc/UTC", "utc") else value
    offset = tz.utcoffset(None)
    if offset == dt.timedelta(0):
        return "UTC"
    return str(offset)


def _code(code) -> str:
    parts = [code.co_code.hex(), repr(code.co_names), repr(code.co_varnames)]
    parts += [_const(const) for const in code.co_consts]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _const(const) -> str:
    if isinstance(const, types.CodeType):
        return _code(const)
    # The order of a set is another one in each process.
    return repr(sorted(map(repr, const))) if isinstance(const, frozenset) else repr(const)


def _is_beside(thing) -> bool:
    """Whether something is of the module beside a definition."""
    return getattr(thing, "__module__", "").endswith("_code")


def _function(function, stack):
    ref = {"$ref": path_of(function)}
    if ref["$ref"].startswith("file:") or _is_beside(function):
        # No import path leads to a lambda, a nested function, or one whose name is bound again: what it does is what it is.
        ref["code"] = _code(function.__code__)
        ref["closure"] = [_cell(cell, stack) for cell in function.__closure__ or ()]
        ref["defaults"] = encode([function.__defaults__, function.__kwdefaults__], stack)
    return ref


def _cell(cell, stack):
    try:
        return encode(cell.cell_contents, stack)
    except ValueError:
        return {"$empty": True}


def _sorted(items):
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


def encode(value, stack: tuple[int, ...] = ()):
    """A value as JSON."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, enum.Enum):
        if isinstance(value, str):
            return str.__str__(value) if type(value).__str__ is str.__str__ else value.value
        if isinstance(value, int):
            return int(value)
        return {"$enum": f"{path_of(type(value))}.{value.name}"}
    if type(value) is str or type(value) is int:
        return value
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": value.hex()}
    if len(stack) > DEPTH:
        return {"$deep": path_of(type(value))}
    if id(value) in stack:
        return {"$cycle": path_of(type(value))}
    inner = (*stack, id(value))
    known = _airflow(value, inner)
    if known is not None:
        return known
    for kind, encoder in _KINDS:
        if isinstance(value, kind):
            return encoder(value, inner)
    return _object(value, inner)


def _airflow(value, stack):
    if isinstance(value, DAG):
        return {"$dag": value.dag_id}
    if isinstance(value, (BaseOperator, MappedOperator)):
        return {"$task": value.task_id}
    if isinstance(value, TaskGroup):
        return {"$group": value.group_id}
    if type(value) is PlainXComArg:
        return {"$xcom": value.operator.task_id, "key": value.key}
    if isinstance(value, XComArg) and _is_beside(type(value)):
        return {"$xcom": value.task_id, "key": value.key}
    if isinstance(value, XComArg):
        return {"$xcom_of": path_of(type(value)), "state": _state(value, stack)}
    if isinstance(value, ParamsDict):
        return {"$params": {key: encode(value.get_param(key), stack) for key in value.keys()}}
    if isinstance(value, DagParam):
        # Of its DAG, it needs nothing when it is resolved.
        return {"$dag_param": value._name, "default": encode(value._default, stack)}
    if isinstance(value, Param):
        state = {"value": value.value, "description": value.description, "schema": value.schema}
        kind = path_of(type(value))
        return {"$param": encode(state, stack), "class": kind}
    if isinstance(value, _TaskDecorator):
        return {"$decorated": encode(value.function, stack), "with": encode(value.kwargs, stack)}
    if type(value).__name__ == "ArgNotSet":
        return {"$notset": True}
    return None


def _mapping(value, stack):
    plain = all(type(key) is str and not key.startswith("$") for key in value)
    if plain:
        body = {key: encode(item, stack) for key, item in value.items()}
    else:
        body = {"$dict": [[encode(key, stack), encode(item, stack)] for key, item in value.items()]}
    if type(value) is dict:
        return body
    return {"$mapping": path_of(type(value)), "items": body}


def _list(value, stack):
    body = [encode(item, stack) for item in value]
    return body if type(value) is list else {"$list": path_of(type(value)), "items": body}


def _tuple(value, stack):
    body = [encode(item, stack) for item in value]
    return {"$tuple": body} if type(value) is tuple else {"$tuple": body, "class": path_of(type(value))}


def _datetime(value, stack):
    return {"$datetime": value.replace(tzinfo=None).isoformat(), "zone": zone(value.tzinfo)}


def _partial(value, stack):
    return {
        "$partial": encode(value.func, stack),
        "args": encode(value.args, stack),
        "kwargs": encode(value.keywords, stack),
    }


ASSET_FUNCTION = "airflow.sdk.definitions.asset.decorators:AssetDefinition"


def _object(value, stack):
    """An object of some class, by what it holds."""
    body = {"$object": path_of(type(value))}
    if body["$object"] == ASSET_FUNCTION:
        # A function under `@asset` is an asset to everybody but its own DAG: serialization keeps just this of it.
        base = type(value).__mro__[1]
        names = [field.name for field in base.__attrs_attrs__]
        return {"$object": path_of(base), "state": {name: encode(getattr(value, name), stack) for name in names}}
    if callable(getattr(value, "to_dict", None)) and hasattr(value, "openapi_types"):
        body["state"] = encode({key: item for key, item in value.to_dict().items() if item is not None}, stack)
    else:
        body["state"] = _state(value, stack)
    return body


def _state(value, stack):
    state = dict(getattr(value, "__dict__", {}))
    for cls in type(value).__mro__:
        slots = cls.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                state.setdefault(name, getattr(value, name))
    return {name: encode(item, stack) for name, item in state.items() if name not in ("_log", "log", "_logger")}


_KINDS = [
    (Opaque, lambda value, _: {"$stub": value._stub_path}),
    (
        Data,
        lambda value, stack: {
            "$data": value._stub_path,
            "args": encode(value._args, stack),
            "kwargs": encode(value._kwargs, stack),
        },
    ),
    (str, lambda value, _: {"$str": str.__str__(value), "class": path_of(type(value))}),
    (int, lambda value, _: {"$int": int(value), "class": path_of(type(value))}),
    (dict, _mapping),
    (list, _list),
    (tuple, _tuple),
    (frozenset, lambda value, stack: {"$frozenset": _sorted(encode(item, stack) for item in value)}),
    (set, lambda value, stack: {"$set": _sorted(encode(item, stack) for item in value)}),
    (
        pendulum.Duration,
        lambda value, _: {"$timedelta": f"{value.as_timedelta() / dt.timedelta(microseconds=1):.0f}us"},
    ),
    (dt.timedelta, lambda value, _: {"$timedelta": f"{value / dt.timedelta(microseconds=1):.0f}us"}),
    (dt.datetime, _datetime),
    (dt.date, lambda value, _: {"$date": value.isoformat()}),
    (dt.time, lambda value, _: {"$time": value.isoformat()}),
    (dt.tzinfo, lambda value, _: {"$zone": zone(value)}),
    (decimal.Decimal, lambda value, _: {"$decimal": str(value)}),
    (pathlib.PurePath, lambda value, _: {"$path": str(value)}),
    (re.Pattern, lambda value, _: {"$pattern": value.pattern}),
    (type, lambda value, _: {"$ref": path_of(value)}),
    (types.FunctionType, _function),
    (types.BuiltinFunctionType, lambda value, _: {"$ref": path_of(value)}),
    (types.MethodType, lambda value, stack: {"$method": value.__name__, "self": encode(value.__self__, stack)}),
    (functools.partial, _partial),
    (types.ModuleType, lambda value, _: {"$module": value.__name__}),
    (logging.Logger, lambda value, _: {"$logger": value.name}),
]

# What ties an object to its neighbours is said elsewhere.
TASK_SKIP = {
    "dag",
    "_dag",
    "task_group",
    "upstream_task_ids",
    "downstream_task_ids",
    "_log",
    "_logger_name",
    "subdag",
    "deps",
}
DAG_SKIP = {
    "task_dict", "task_group", "fileloc", "relative_fileloc", "partial", "edge_info", "timetable", "schedule", "last_loaded",
    "schedule_interval", "dataset_triggers", "_log", "parent_dag", "_task_group", "task_count", "_processor_dags_folder",
}  # fmt: skip


def _number(value):
    return float(value) if type(value) is int else value


# Arguments whose forms make no difference: what a call unpacks, and seconds, which only constructors turn into floats.
_ALIKE = {
    "op_args": lambda value: list(value) if type(value) is tuple else value,
    "poke_interval": _number,
    "timeout": _number,
}


# What a mapped task answers for each of its instances: the arguments of every operator that are properties of it, but for those
# that an instance has otherwise.
_ANSWERED = sorted(
    name
    for name in inspect.signature(BaseOperator.__init__).parameters
    if isinstance(getattr(MappedOperator, name, None), property)
    and name not in ("allow_nested_operators", "task_display_name")
)


def expansion(expand):
    """What a task or group is mapped over, by parameter. Dicts that have one and the same key alone are a mapping over that."""
    if expand is None:
        return None
    kind, value = type(expand).__name__, expand.value
    if kind == "ListOfDictsExpandInput" and isinstance(value, (list, tuple)) and value and all(map(_is_plain, value)):
        names = {name for item in value for name in item}
        if len(names) == 1 and all(value):
            (name,) = names
            kind, value = "DictOfListsExpandInput", {name: [item[name] for item in value]}
    return {"class": kind, "value": encode(value)}


def _is_plain(item) -> bool:
    return isinstance(item, dict)


def over_keywords(expand, shared):
    """The mapping of a function under `@task` as one over `op_kwargs`: the arguments of each instance, those that all share
    among them; nothing where they are not literal.

    Source: `DictOfListsExpandInput` and `ListOfDictsExpandInput` of Airflow 3.0.6.
    """
    shared = shared or {}
    if type(expand).__name__ == "ListOfDictsExpandInput":
        sets = expand.value
        if not isinstance(sets, (list, tuple)) or not all(map(_is_plain, sets)):
            return None
    else:
        lists = [list(item.items()) if isinstance(item, dict) else item for item in expand.value.values()]
        if not all(isinstance(item, (list, tuple)) for item in lists):
            return None
        # The last of them turns fastest.
        sets = [dict(zip(expand.value, items)) for items in itertools.product(*lists)]
    return {"class": "DictOfListsExpandInput", "value": encode({"op_kwargs": [{**shared, **item} for item in sets]})}


def task(value) -> dict:
    """One task."""
    mapped = isinstance(value, MappedOperator)
    if mapped:
        names = [field.name for field in attr.fields(type(value))]
        names = [name for name in names if name not in TASK_SKIP | {"operator_class", "partial_kwargs", "expand_input"}]
        fields = {
            name: getattr(value, name, None) for name in names if name.startswith(("task_id", "start_date", "end_date"))
        }
        # `partial` fills in Airflow's defaults, a function under `@task` does not: what the task answers is the same for both.
        fields.update({"is_setup": False, "is_teardown": False, "on_failure_fail_dagrun": False})
        fields["allow_nested_operators"] = True
        if hasattr(value.operator_class, "custom_operator_name"):
            fields["multiple_outputs"] = getattr(value, "multiple_outputs", False)
        if hasattr(value, "python_callable"):
            fields["python_callable"] = value.python_callable
        fields.update(value.partial_kwargs)
        fields.update({name: getattr(value, name) for name in _ANSWERED})
        if "on_failure_fail_dagrun" in fields:
            fields["_on_failure_fail_dagrun"] = fields.pop("on_failure_fail_dagrun")
        cls = value.operator_class
        expand = expansion(value.expand_input)
        # A function under `@task` is mapped over its keyword arguments.
        within = fields.pop("op_kwargs_expand_input", None) or getattr(value, "op_kwargs_expand_input", None)
        if within is not None:
            expand = over_keywords(within, fields.get("op_kwargs"))
            if expand is None:
                expand = expansion(within) | {"within": "op_kwargs"}
            else:
                fields.pop("op_kwargs", None)
    else:
        fields = {name: item for name, item in vars(value).items() if not name.startswith("_BaseOperator__")}
        cls, expand = type(value), None
    fields = {name: item for name, item in fields.items() if name not in TASK_SKIP}
    if not mapped:
        # Decorators set on the task what its class says anyway.
        fields.setdefault("_on_failure_fail_dagrun", getattr(value, "_on_failure_fail_dagrun", None))
    for name in ("op_args", "poke_interval", "timeout"):
        if name in fields:
            fields[name] = _ALIKE[name](fields[name])
    authored = {} if mapped else by_author(value)
    group = value.task_group
    return {
        "task_id": value.task_id,
        "class": path_of(cls),
        "fields": {name: encode(item) for name, item in fields.items()},
        "authored": {name: encode(item) for name, item in authored.items() if name not in TASK_SKIP | {"default_args"}},
        "given_as": {} if mapped else given_as(vars(value), authored),
        "set_later": sorted(later.get(id(value), ())),
        "expand": expand,
        "upstream": sorted(value.upstream_task_ids),
        "group": group.group_id if group is not None else None,
        "resolved": {},
    }


def by_author(value) -> dict:
    """The arguments that the author gave: those of the call itself and of `default_args`, not what one constructor hands to the
    next."""
    arguments = vars(value).get("_BaseOperator__init_kwargs", {})
    names = given.get(id(value))
    if names is None:
        return arguments
    defaults = {**(value.dag.default_args or {}), **(arguments.get("default_args") or {})}
    group = value.task_group
    while group is not None:
        defaults.update(getattr(group, "default_args", None) or {})
        group = getattr(group, "parent_group", None)
    return {name: item for name, item in arguments.items() if name in names or name in defaults}


def given_as(fields: dict, authored: dict) -> dict[str, list[str]]:
    """The parameters whose arguments attributes of other names hold, by attribute."""
    found = {}
    for name, item in fields.items():
        if name in authored or item is None or isinstance(item, (bool, int)):
            continue
        names = [parameter for parameter, argument in authored.items() if argument is item]
        if names:
            found[name] = names
    return found


def groups(dag) -> list[dict]:
    found = []
    for group_id, group in dag.task_group.get_task_group_dict().items():
        if group_id is None:
            continue
        names = (
            "prefix_group_id",
            "tooltip",
            "ui_color",
            "ui_fgcolor",
            "default_args",
            "group_display_name",
        )
        expand = getattr(group, "_expand_input", None)
        found.append(
            {
                "group_id": group_id,
                "parent": group.parent_group.group_id if getattr(group, "parent_group", None) else None,
                "fields": {name: encode(getattr(group, name)) for name in names if hasattr(group, name)},
                "upstream": sorted(map(str, group.upstream_group_ids)),
                "downstream": sorted(map(str, group.downstream_group_ids)),
                "upstream_tasks": sorted(group.upstream_task_ids),
                "downstream_tasks": sorted(group.downstream_task_ids),
                "expand": expansion(expand),
            }
        )
    return found


def schedule(dag, runs: int) -> dict:
    """The timetable, and the runs it would make from now on."""
    table = dag.timetable
    starts = [task.start_date for task in dag.tasks if task.start_date is not None]
    starts += [dag.start_date] if dag.start_date is not None else []
    ends = [task.end_date for task in dag.tasks]
    latest = dag.end_date if dag.end_date is not None else (max(ends) if ends and None not in ends else None)
    restriction = TimeRestriction(min(starts, default=None), latest, bool(dag.catchup))
    found, interval, error = [], None, None
    try:
        for _ in range(runs):
            info = table.next_dagrun_info(last_automated_data_interval=interval, restriction=restriction)
            if info is None:
                break
            interval = info.data_interval
            times = (info.run_after, info.logical_date, interval.start, interval.end)
            found.append([None if time is None else time.isoformat() for time in times])
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
    return {
        "timetable": path_of(type(table)),
        "state": _state(table, (id(table),)),
        "summary": table.summary,
        "expression": getattr(table, "_expression", None),
        "zone": zone(getattr(table, "_timezone", None)),
        "runs": found,
        "error": error,
    }


def dag(value, runs: int = 10) -> dict:
    """One DAG."""
    fields = {}
    # What a class of the user's adds to its DAGs is nothing that Airflow knows.
    own = next(cls for cls in type(value).__mro__ if cls.__module__.split(".")[0] == "airflow")
    known = vars(value) if own is type(value) else vars(own("plain"))
    for name, item in vars(value).items():
        if name not in DAG_SKIP and name in known:
            fields[name.removeprefix("_")] = encode(item)
    labels = [
        [upstream, downstream, info["label"]]
        for upstream, below in value.edge_info.items()
        for downstream, info in below.items()
        if info.get("label") is not None
    ]
    return {
        "dag_id": value.dag_id,
        "class": path_of(type(value)),
        "fields": fields,
        "schedule": schedule(value, runs),
        "tasks": [task(item) for item in value.task_dict.values()],
        "groups": groups(value),
        "labels": sorted(labels),
    }


later: dict[int, set[str]] = {}
given: dict[int, set[str]] = {}


def watch() -> None:
    """Notes what tasks are called with, and which attributes DAG files set after they were made."""
    meta = type(BaseOperator)
    call = meta.__call__

    def calling(cls, *args, **kwargs):
        made = call(cls, *args, **kwargs)
        given[id(made)] = set(kwargs)
        return made

    meta.__call__ = calling
    original = BaseOperator.__setattr__

    @functools.wraps(original)
    def noting(self, key, value):
        if self.__dict__.get("_BaseOperator__instantiated") and place(sys._getframe(1).f_code.co_filename):
            later.setdefault(id(self), set()).add(key)
        original(self, key, value)

    BaseOperator.__setattr__ = noting


def resolve(value, record: dict) -> None:
    """Adds to a DAG's record what its template files hold, as Airflow reads them when it loads a DAG."""
    for item, into in zip(value.task_dict.values(), record["tasks"]):
        if isinstance(item, MappedOperator):
            continue
        before = {name: encode(getattr(item, name, None)) for name in item.template_fields}
        try:
            item.resolve_template_files()
        except Exception:
            continue
        for name, old in before.items():
            new = encode(getattr(item, name, None))
            if new != old:
                into["resolved"][name] = new
