from airflow import DAG
from airflow.datasets import Dataset
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.dates import days_ago
from airflow.utils.trigger_rule import TriggerRule


def run_steps():
    pass


with DAG("steps", start_date=days_ago(2), schedule_interval="0 4 * * *", concurrency=4, catchup=False) as dag:
    start = DummyOperator(task_id="start", task_concurrency=1)
    run = PythonOperator(task_id="run", python_callable=run_steps, provide_context=True)
    store = BashOperator(task_id="store", bash_command="store", outlets=[Dataset("s3://lake/steps")])
    end = DummyOperator(task_id="end", trigger_rule="dummy")
    late = DummyOperator(task_id="late", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    start >> run >> store >> [end, late]
