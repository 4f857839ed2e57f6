"""What the DAGs of this repository share."""
from .building import build_chain
from .defaults import Defaults

__all__ = ["Defaults", "build_chain"]
