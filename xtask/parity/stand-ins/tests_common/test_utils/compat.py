"""Names that moved between versions of Airflow."""

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
except ImportError:
    from airflow.operators.empty import EmptyOperator

__all__ = ["EmptyOperator"]
