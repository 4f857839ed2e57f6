import os

RETRIES = int(os.environ.get("TEAM_RETRIES", "2"))


def retries_of():
    return RETRIES


def where():
    return os.environ.get("AIRFLOW_CTX_DAG_ID", "")
