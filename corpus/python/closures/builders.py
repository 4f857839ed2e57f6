import functools
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def numbered(fn):
    count = 0

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        nonlocal count
        count += 1
        return fn(f"{count:02d}", *args, **kwargs)

    return wrapper


@numbered
def invoke(number, name, payload="{}"):
    """Invokes the function `name`."""
    return LambdaInvokeFunctionOperator(task_id=f"t{number}_{name}", function_name=name, payload=payload)


late = []
early = []
for region in ("eu", "us", "ap"):
    late.append(lambda: region)
    early.append(lambda region=region: region)


def adder(n):
    return lambda x: x + n


with DAG("builders", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False, doc_md=invoke.__doc__):
    a = invoke("late_" + "_".join(f() for f in late))
    b = invoke("early_" + "_".join(f() for f in early))
    typed = functools.partial(invoke, payload='{"n": %d}' % adder(2)(40))
    c = typed("partial")
    d = typed("overridden", payload="[]")
    functools.reduce(lambda x, y: x >> y, [a, b, c, d])
