"""The task that fails a test when any other task failed."""

from airflow.decorators import task


@task(trigger_rule="one_failed", retries=0)
def watcher():
    raise RuntimeError("a task upstream failed")
