"""Builds the daily report."""

from __future__ import annotations

import csv
import io
import json
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from airflow import DAG
from airflow.operators.python import PythonOperator

try:
    import orjson as fast_json
except ImportError:
    fast_json = json

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)

# Columns in the order of the report.
COLUMNS = ["region", "amount"]
COLUMNS.append("currency")
RATES = {"EUR": 1.0}
RATES["USD"] = 0.9  # as of today
UNUSED = "never reached"
DEFAULT_ARGS = {"owner": "finance", "retries": 1, "retry_delay": timedelta(minutes=1)}

if len(RATES) > 1:
    BASE = "EUR"
else:
    BASE = "USD"


@dataclass
class Row:
    """A row of the report."""

    region: str
    amount: float
    currency: str = BASE
    notes: list[str] = field(default_factory=list)

    def converted(self) -> float:
        return round(self.amount * RATES[self.currency], 2)


def _to_rows(items: Iterable[dict]) -> list[Row]:
    # A comment inside stays.
    return [Row(**item) for item in items]


def total(items, precision=2):
    """Sums the rows.

    Indented lines of a docstring stay as they are:
        one
    """
    return round(sum(row.converted() for row in _to_rows(items)), precision)


def as_csv(items, header=True):
    out = io.StringIO()
    writer = csv.writer(out)
    if header:
        writer.writerow(COLUMNS)
    for row in _to_rows(items):
        writer.writerow([row.region, row.amount, row.currency])
    return out.getvalue()


def describe(**context):
    logger.info("run of %s", context["ds"])
    return json.dumps({"ds": context["ds"], "base": BASE})


def never_called():
    return UNUSED


ITEMS = [{"region": "north", "amount": 2.5}, {"region": "south", "amount": 3.0, "currency": "USD"}]

with DAG(
    "daily_report",
    start_date=datetime(2030, 1, 1),
    schedule="@daily",
    default_args=DEFAULT_ARGS,
) as dag:

    def loud(text, times=3):
        """Defined among the tasks."""
        return """
  {}
""".format(text.upper() * times)

    sum_up = PythonOperator(task_id="sum_up", python_callable=total, op_args=[ITEMS], op_kwargs={"precision": 1})
    export = PythonOperator(task_id="export", python_callable=as_csv, op_kwargs={"items": ITEMS})
    tell = PythonOperator(task_id="tell", python_callable=describe)
    shout = PythonOperator(task_id="shout", python_callable=loud, op_args=["{{ ds }}"])
    sum_up >> export >> tell >> shout
