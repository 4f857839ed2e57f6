from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from airflow import DAG


def describe(dag: DAG) -> str:
    return f"{dag.dag_id}: {dag.description}"
