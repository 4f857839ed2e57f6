"""The part of `functools` that makes classes and dispatches on them."""


def _not_equal(self, other):
    return self != other


_FROM_ROOT = {
    "__lt__": {"__gt__": (True, "and"), "__le__": (False, "or"), "__ge__": (True, None)},
    "__le__": {"__ge__": (True, "or"), "__lt__": (False, "and"), "__gt__": (True, None)},
    "__gt__": {"__lt__": (True, "and"), "__ge__": (False, "or"), "__le__": (True, None)},
    "__ge__": {"__le__": (True, "or"), "__gt__": (False, "and"), "__lt__": (True, None)},
}


def _derived(root, name, negated, joined):
    def method(self, other):
        found = getattr(type(self), root)(self, other)
        if found is NotImplemented:
            return found
        if negated:
            found = not found
        if joined == "and":
            return found and self != other
        if joined == "or":
            return found or self == other
        return found

    method.__name__ = name
    return method


def total_ordering(cls):
    roots = [name for name in _FROM_ROOT if any(name in vars(base) for base in cls.__mro__[:-1])]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = next(name for name in ("__lt__", "__le__", "__gt__", "__ge__") if name in roots)
    for name, (negated, joined) in _FROM_ROOT[root].items():
        if name not in roots:
            setattr(cls, name, _derived(root, name, negated, joined))
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return K


def _first_annotation(func):
    for name, annotation in func.__annotations__.items():
        if name != "return":
            return annotation
    raise TypeError(f"Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` or plain `@register` on an annotated function.")


class _Registry:
    def __init__(self, func):
        self.func = func
        self.classes = {}

    def dispatch(self, cls):
        if cls in self.classes:
            return self.classes[cls]
        found = None
        for other in self.classes:
            if issubclass(cls, other) and (found is None or issubclass(other, found)):
                found = other
        return self.func if found is None else self.classes[found]

    def register(self, cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda func: self.register(cls, func)
            cls, func = _first_annotation(cls), cls
        for one in getattr(cls, "__args__", None) or (cls,):
            self.classes[one] = func
        return func


def singledispatch(func):
    registry = _Registry(func)

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return registry.dispatch(type(args[0]))(*args, **kw)

    wrapper.register = registry.register
    wrapper.dispatch = registry.dispatch
    wrapper.registry = registry.classes
    wrapper.__name__ = func.__name__
    wrapper.__doc__ = func.__doc__
    wrapper.__wrapped__ = func
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.func = func
        self.dispatcher = _Registry(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kw):
            return self.dispatcher.dispatch(type(args[0]))(obj, *args, **kw)

        return method


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        def method(*args, **keywords):
            return self.func(obj, *self.args, *args, **{**self.keywords, **keywords})

        return method
