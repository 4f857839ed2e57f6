"""Which Airflow this is."""

from airflow import __version__

_VERSION = tuple(int(part) for part in __version__.split(".")[:3])

AIRFLOW_V_2_10_PLUS = _VERSION >= (2, 10, 0)
AIRFLOW_V_3_0_PLUS = _VERSION >= (3, 0, 0)
AIRFLOW_V_3_1_PLUS = _VERSION >= (3, 1, 0)
