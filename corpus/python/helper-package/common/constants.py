__all__ = ["NIGHTLY", "PREFIX"]

NIGHTLY = "0 0 * * *"
PREFIX = "mtr"
_HIDDEN = "not exported"
datetime = None  # not in __all__, so it must not hide the one of the importing file
