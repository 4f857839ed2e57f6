from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator


def greet(name, **context):
    print(f"hello {name} on {context['ds']}")
    return name


with DAG("greet", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    hello = PythonOperator(task_id="hello", python_callable=greet, op_kwargs={"name": "world"})
    hello >> SnsPublishOperator(
        task_id="tell", target_arn="arn:aws:sns:eu-west-1:123456789012:t", message="{{ ti.xcom_pull('hello') }}"
    )
