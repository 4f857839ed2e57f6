from .unload import UnloadTableOperator  # noqa: F401
