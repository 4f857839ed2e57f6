"""`pydantic` as far as models only hold data: annotated fields, defaults, values that pass as they are.

Where a value would be changed, or code of a validator would run, it is not known what comes of it.
"""

import copy as copying
import json as text
from enum import Enum

from _library import hint, is_unknown, unknown


class ValidationError(ValueError):
    pass


class _Missing:
    def __repr__(self):
        return "PydanticUndefined"


_MISSING = _Missing()

_CONSTRAINTS = ("gt", "ge", "lt", "le", "min_length", "max_length")
_NOTES = ("description", "title", "examples", "json_schema_extra", "deprecated", "repr")


class FieldInfo:
    def __init__(self, annotation, default, default_factory, constraints, problem):
        self.annotation = annotation
        self.default = default
        self.default_factory = default_factory
        self._constraints = constraints
        self._problem = problem

    def is_required(self):
        return self.default is _MISSING and self.default_factory is None


def Field(default=_MISSING, *, default_factory=None, **options):
    if default is ...:
        default = _MISSING
    constraints = {name: value for name, value in options.items() if name in _CONSTRAINTS}
    others = [name for name in options if name not in _CONSTRAINTS and name not in _NOTES]
    problem = f"`{others[0]}` of a field of a pydantic model is not modelled" if others else None
    return FieldInfo(None, default, default_factory, constraints, problem)


class _Unmodelled:
    def __init__(self, what):
        self.what = what


def _decorator(name):
    def decorator(*args, **options):
        return lambda function: _Unmodelled(f"what `{name}` of a pydantic model does is not followed")

    return decorator


field_validator = _decorator("field_validator")
model_validator = _decorator("model_validator")
validator = _decorator("validator")
root_validator = _decorator("root_validator")
field_serializer = _decorator("field_serializer")
model_serializer = _decorator("model_serializer")


def PrivateAttr(*args, **options):
    return _Unmodelled("private attributes of a pydantic model are not modelled")


def ConfigDict(**options):
    return options


_PLAIN_CONFIG = ("title", "arbitrary_types_allowed", "protected_namespaces", "extra", "frozen", "json_schema_extra")


def _changed():
    unknown("what pydantic makes of a value of another type is not modelled")


def _is_exactly(annotation, value):
    kind, args = hint(annotation)
    if kind == "class":
        return isinstance(value, args[0]) if issubclass(args[0], (BaseModel, Enum)) else type(value) is args[0]
    if kind in ("list", "dict", "set", "tuple"):
        return type(value).__name__ == kind
    return False


def _items(kind, args, value):
    if type(value).__name__ != kind:
        _changed()
    if not args:
        return value.copy() if kind != "tuple" else value
    if kind == "dict":
        return {_valid(args[0], key): _valid(args[1], item) for key, item in value.items()}
    if kind == "tuple":
        if len(args) == 2 and args[1] is ...:
            return tuple(_valid(args[0], item) for item in value)
        if len(args) != len(value):
            _changed()
        return tuple(_valid(arg, item) for arg, item in zip(args, value))
    items = [_valid(args[0], item) for item in value]
    return set(items) if kind == "set" else items


def _valid(annotation, value):
    if is_unknown(value):
        return value
    kind, args = hint(annotation)
    if kind == "Any":
        return value
    if kind == "None":
        return value if value is None else _changed()
    if kind == "Annotated":
        return unknown("`Annotated` in a pydantic model is not modelled")
    if kind in ("Optional", "Union"):
        members = [member for member in args if member is not None]
        if value is None and (kind == "Optional" or len(members) < len(args)):
            return None
        for member in members:
            if _is_exactly(member, value):
                return _valid(member, value)
        return _valid(members[0], value) if len(members) == 1 else _changed()
    if kind == "Literal":
        for arg in args:
            if type(arg) is type(value) and arg == value:
                return value
        _changed()
    if kind in ("list", "dict", "set", "tuple"):
        return _items(kind, args, value)
    if kind != "class":
        unknown("this annotation of a pydantic model is not modelled")
    cls = args[0]
    if cls in (list, dict, set, tuple):
        return _items(cls.__name__, (), value)
    if cls is float and type(value) is int:
        return float(value)
    if cls in (str, int, float, bool, bytes):
        return value if type(value) is cls else _changed()
    if issubclass(cls, BaseModel):
        if isinstance(value, cls):
            return value
        return cls(**value) if type(value) is dict else _changed()
    if issubclass(cls, Enum):
        for member in cls:
            if member is value or type(member.value) is type(value) and member.value == value:
                return member
        _changed()
    return value if type(value) is cls else _changed()


def _within(field, value):
    for name, bound in field._constraints.items():
        if is_unknown(value):
            return value
        held = {
            "gt": lambda: value > bound,
            "ge": lambda: value >= bound,
            "lt": lambda: value < bound,
            "le": lambda: value <= bound,
            "min_length": lambda: len(value) >= bound,
            "max_length": lambda: len(value) <= bound,
        }[name]()
        if not held:
            raise ValidationError(f"a value is not within `{name}`")
    return value


def _dumped(value, exclude_none):
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=exclude_none)
    if isinstance(value, dict):
        return {key: _dumped(item, exclude_none) for key, item in value.items()}
    if isinstance(value, list):
        return [_dumped(item, exclude_none) for item in value]
    if type(value) is tuple:
        return tuple(_dumped(item, exclude_none) for item in value)
    return value


class BaseModel:
    model_fields = {}
    _frozen = False
    _extra = "ignore"
    _problem = None

    def __init_subclass__(cls, **options):
        own = cls.__dict__
        problem = None
        for base in cls.__bases__:
            problem = problem or getattr(base, "_problem", None)
        if options or "Config" in own:
            problem = "this configuration of a pydantic model is not modelled"
        if "model_config" in own:
            config = own["model_config"]
            if any(name not in _PLAIN_CONFIG for name in config) or config.get("extra", "ignore") == "allow":
                problem = "this configuration of a pydantic model is not modelled"
            cls._frozen = config.get("frozen", False)
            cls._extra = config.get("extra", "ignore")
        fields = {}
        for base in reversed(cls.__bases__):
            fields |= getattr(base, "model_fields", {})
        for name, value in list(own.items()):
            if isinstance(value, _Unmodelled):
                problem = value.what
        for name, annotation in own.get("__annotations__", {}).items():
            if name.startswith("_") or name == "model_config" or hint(annotation)[0] == "ClassVar":
                continue
            given = own.get(name, _MISSING)
            if isinstance(given, FieldInfo):
                field = FieldInfo(annotation, given.default, given.default_factory, given._constraints, given._problem)
            else:
                field = FieldInfo(annotation, given, None, {}, None)
            problem = problem or field._problem
            fields[name] = field
        for name in fields:
            if name in own:
                delattr(cls, name)
        cls.model_fields = fields
        cls._problem = problem

    def __init__(self, /, **data):
        cls = type(self)
        if cls._problem is not None:
            unknown(cls._problem)
        for name, field in cls.model_fields.items():
            if name in data:
                value = _within(field, _valid(field.annotation, data.pop(name)))
            elif field.default_factory is not None:
                value = field.default_factory()
            elif field.default is not _MISSING:
                value = copying.deepcopy(field.default) if isinstance(field.default, (list, dict, set)) else field.default
            else:
                raise ValidationError(f"the field `{name}` of `{cls.__name__}` is required")
            self.__dict__[name] = value
        if data and cls._extra == "forbid":
            raise ValidationError(f"extra inputs are not permitted: {', '.join(data)}")
        if hasattr(cls, "model_post_init"):
            self.model_post_init(None)

    def __setattr__(self, name, value):
        cls = type(self)
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        elif name not in cls.model_fields:
            raise ValueError(f'"{cls.__name__}" object has no field "{name}"')
        elif cls._frozen:
            raise ValidationError("the instance is frozen")
        else:
            self.__dict__[name] = value

    def _shown(self):
        return [f"{name}={getattr(self, name)!r}" for name in type(self).model_fields]

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(self._shown())})"

    def __str__(self):
        return " ".join(self._shown())

    def __eq__(self, other):
        if not isinstance(other, BaseModel):
            return NotImplemented
        return type(self) is type(other) and dict(self) == dict(other)

    __hash__ = None

    def __iter__(self):
        return iter([(name, getattr(self, name)) for name in type(self).model_fields])

    def model_dump(self, *, mode="python", include=None, exclude=None, exclude_none=False, **options):
        if mode != "python" or options:
            unknown("this form of `model_dump` is not modelled")
        for names in (include, exclude):
            if not isinstance(names, (set, list, tuple, type(None))):
                unknown("this form of `model_dump` is not modelled")
        dumped = {}
        for name, value in self:
            if include is not None and name not in include or exclude is not None and name in exclude:
                continue
            if exclude_none and value is None:
                continue
            dumped[name] = _dumped(value, exclude_none)
        return dumped

    def dict(self, **options):
        return self.model_dump(**options)

    def model_dump_json(self, **options):
        unknown("how pydantic writes a model in JSON is not modelled")

    def json(self, **options):
        unknown("what `json` of a pydantic model gives depends on the version of pydantic")

    def model_copy(self, *, update=None, deep=False):
        made = object.__new__(type(self))
        for name, value in self:
            made.__dict__[name] = copying.deepcopy(value) if deep else value
        for name, value in (update or {}).items():
            made.__dict__[name] = value
        return made

    def copy(self, **options):
        return self.model_copy(**options)

    @classmethod
    def model_validate(cls, obj, **options):
        if options:
            unknown("this form of `model_validate` is not modelled")
        if isinstance(obj, cls):
            return obj
        return cls(**obj) if isinstance(obj, dict) else _changed()

    @classmethod
    def parse_obj(cls, obj):
        return cls.model_validate(obj)

    @classmethod
    def model_validate_json(cls, json_data, **options):
        return cls.model_validate(text.loads(json_data), **options)
