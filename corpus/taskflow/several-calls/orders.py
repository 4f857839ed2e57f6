from datetime import datetime

from airflow.sdk import DAG, task


@task
def load(table, ds=None, *, full=False):
    return [table]


@task
def split(rows) -> dict[str, list]:
    """Rows by outcome."""
    return {"good": rows, "bad": []}


@task(multiple_outputs=True)
def count(*parts, **named):
    return {"n": len(parts)}


with DAG("orders", start_date=datetime(2026, 1, 1), schedule=None):
    orders = load("orders")
    items = load(table="items", full=True)
    late = load.override(task_id="late", trigger_rule="all_done")(table=orders)
    parts = split({"rows": [orders, items]})
    totals = count(parts["good"], (parts["bad"], 1), rest={"late": late})
    load(f"archive_{totals['n']}")
