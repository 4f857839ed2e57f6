from datetime import datetime

from airflow.decorators import dag, task


def scale(values, factor):
    return [value * factor for value in values]


def make_stamp(mark):
    @task
    def stamp(text):
        return f"{mark} {text}"

    return stamp


stamped = make_stamp("#")


@dag(start_date=datetime(2030, 1, 1), schedule=None, catchup=False)
def orders():
    region = "north"
    limits = {"low": 1, "high": 3}

    @task
    def extract(count: int, ds=None):
        return [n for n in range(count)]

    @task
    def clamp(values, offset=1):
        """Keeps the values within the limits."""
        return [min(max(value + offset, limits["low"]), limits["high"]) for value in values]

    @task(multiple_outputs=True)
    def measure(values, **context):
        return {"total": sum(values), "count": len(values), "task": context["ti"].task_id}

    def label(text):
        return f"{region}: {text}"

    @task(retries=2)
    def report(total, count, pairs, note="none", params=None):
        assert isinstance(pairs["values"], list)
        return label(f"{total}/{count} of {scale(pairs['values'], 2)} {pairs['day']} {note}")

    @task
    def square(x):
        return x * x if x > 1 else None

    @task
    def add(numbers):
        return sum(numbers)

    values = extract(5)
    clamped = clamp(values)
    measured = measure(clamped)
    report(measured["total"], count=measured["count"], pairs={"values": values, "day": "{{ ds }}"})
    add(square.expand(x=[1, 2, 3]))
    stamped("done")


orders()
