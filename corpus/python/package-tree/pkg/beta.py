__all__ = ["beta_value", "_private"]
beta_value = "b"
_private = "p"
hidden = "h"
from . import gamma
