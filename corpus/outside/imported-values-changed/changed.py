"""Every way in which an imported value is not what an import gives elsewhere."""

import acme.tables as tables
from acme.settings import EXTRA, HEADERS, LIMITS, RETRIES, STEPS, Window, options
from acme.setup import configure
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

HEADERS["team"] = "data"
STEPS.append("notify")
tables.NAME = "orders"
options["a"]["b"] = 1
configure(EXTRA)
shared = [1, 2]
window = Window(days=shared)
moved = Window(days=[1])
moved.days = [2]
part = Window(days=[3])
part.days.append(4)

with DAG("changed", schedule=None):
    for name, value in {
        "stored": HEADERS,
        "appended": STEPS,
        "attribute": tables.NAME,
        "inside": options,
        "given": EXTRA,
        "shared": window,
        "moved": moved,
        "part": part,
        "computed": LIMITS + 1,
        "text": f"{LIMITS}",
    }.items():
        PythonOperator(task_id=name, python_callable=print, op_args=[value])
    PythonOperator(task_id="retried", python_callable=print, retries=RETRIES)
