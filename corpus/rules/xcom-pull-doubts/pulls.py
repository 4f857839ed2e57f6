from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.utils.task_group import TaskGroup


def ask(task_id, query):
    return AthenaOperator(task_id=task_id, query=query, database="core", output_location="s3://b/r/")


with DAG("pulls", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    with TaskGroup("load"):
        keys = S3ListOperator(task_id="keys", bucket="b")
    first = ask("first", "SELECT 1 -- {{ ti.xcom_pull('load.keys') }}")
    second = ask("second", "SELECT '{{ task_instance.xcom_pull(task_ids=[\"first\", \"load.keys\"]) }}'")
    group = ask("group", "SELECT '{{ ti.xcom_pull(task_ids='keys') }}'")
    typo = ask("typo", "SELECT '{{ ti.xcom_pull(task_ids='frist') }}{{ ti.xcom_pull('first') }}'")
    aside = ask("aside", f"SELECT '{first.output}'")
    fine = ask("fine", "{{ ti.xcom_pull('x', dag_id='other') }}{{ ti.xcom_pull('fine') }}{{ ti.xcom_pull(task_ids=params.t) }}")
    keys >> first >> second >> group
    first >> typo
