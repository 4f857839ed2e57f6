import os
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator
from team.settings import retries_of, where

STAGE = os.getenv("STAGE", "dev")  # prod in production
BUCKET: str = os.environ["BUCKET"]
BASE = f"s3://{BUCKET}/{STAGE}"
LEVEL = os.getenv("LEVEL", "info")
COLUMNS = Variable.get("columns", deserialize_json=True)
SECRET = os.getenv("API_TOKEN", "")
SAME = os.getenv("SAME", "as-supplied")
LOST = os.environ["NEVER_SUPPLIED"] if False else os.environ.get("NEVER_SUPPLIED")


class Settings:
    region = os.getenv("REGION", "eu-west-1")


def base():
    return BASE, STAGE, SAME


def level():
    return LEVEL


def columns():
    return ", ".join(COLUMNS)


def secret():
    return len(SECRET)


def region():
    return Settings.region


def lost():
    return LOST


def one(name, *functions):
    with DAG(name, start_date=datetime(2030, 1, 1), schedule=None) as made:
        for function in functions:
            PythonOperator(task_id=function.__name__, python_callable=function)
    return made


written = one("written", base, columns)
assumed = one("assumed", level, retries_of, where)
refused_secret = one("refused_secret", secret)
refused_class = one("refused_class", region)
refused_lost = one("refused_lost", lost)
