from datetime import date, datetime, timedelta, timezone
from enum import Enum

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.s3 import S3CreateObjectOperator
from airflow.sdk import DAG


class Size(str, Enum):
    SMALL = "small"


class Level(Enum):
    HIGH = 3


START = dict(start_date=datetime(2027, 1, 1), schedule=None)


def ecs(dag_id, value):
    with DAG(dag_id, **START):
        EcsRunTaskOperator(task_id="run", cluster="c", task_definition="t", overrides={"value": value})


ecs("odd_tuple", ("a", ("b",)))
ecs("odd_set", {"only"})
ecs("odd_bytes", b"raw\xff")
ecs("odd_datetime", datetime(2027, 1, 2, 3, 4, 5, 678, tzinfo=timezone.utc))
ecs("odd_date", date(2027, 1, 2))
ecs("odd_delta", timedelta(days=1, seconds=2, microseconds=3))
ecs("odd_str_enum", Size.SMALL)
ecs("odd_enum", Level.HIGH)
ecs("odd_inf", float("inf"))
ecs("odd_marker", {"__type__": "text", "__and__": [1]})

with DAG("odd_payload", **START):
    LambdaInvokeFunctionOperator(task_id="bytes", function_name="f", payload=b'{"a": 1}')
    S3CreateObjectOperator(task_id="data", s3_bucket="b", s3_key="k", data=b"\x00\x01")
