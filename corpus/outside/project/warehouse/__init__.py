"""Everything that the mart DAGs share."""

from .settings import Mart, load_marts

__all__ = ["Mart", "load_marts"]
