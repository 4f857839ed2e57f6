VERSION = "1"
from . import alpha
from .beta import *
from .sub import leaf as LEAF
__all__ = ["alpha", "VERSION", "beta_value"]
