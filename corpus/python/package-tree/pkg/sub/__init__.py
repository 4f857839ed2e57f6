from ..beta import hidden
leaf = "leaf attribute"
