from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.batch import BatchOperator

BASE = {"job_queue": "q1", "job_definition": "d:1", "retries": 1}
SPOT = {"job_queue": "spot", "retry_delay": timedelta(seconds=30)}


def submit(task_id, /, *command, upstream=None, flags: dict | None = None, **overrides):
    """Positional-only id, the command as varargs, anything else for the operator."""
    options = BASE | overrides
    options.setdefault("job_name", task_id)
    task = BatchOperator(
        task_id=task_id,
        container_overrides={"command": [*command, *(f"--{k}={v}" for k, v in (flags or {}).items())]},
        **options,
    )
    if upstream:
        upstream >> task
    return task


dag_args = ("star_calls",)
dag_kwargs = {"start_date": datetime(2025, 1, 1), "schedule": "@daily"}

with DAG(*dag_args, **dag_kwargs, catchup=False) as dag:
    names = ["extract", "clean", "join", "score", "report"]
    head, *middle, tail = names
    first = submit(head, "run", head)
    previous = first
    for name in middle[::-1]:
        previous = submit(name, "run", name, upstream=previous, flags={"fast": True, "n": len(name)}, **SPOT)
    last = submit(tail, *["run", tail], upstream=previous, **{**SPOT, "job_name": "final", "retries": 0})
    a, b = first, last
    a, b = b, a
    if 0 < len(middle) <= 3 < len(names):
        submit("audit", "-".join(names[1:-1]), names[-1][:3], names[0][-1], upstream=a)
