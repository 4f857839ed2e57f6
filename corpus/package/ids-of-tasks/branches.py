from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, TaskGroup

LIMIT = 3

with DAG("ids_of_tasks", schedule=None, start_date=datetime(2026, 1, 1)) as dag:
    with TaskGroup("paths"):
        small = EmptyOperator(task_id="small")
        large = EmptyOperator(task_id="large")

    def choose(count):
        return large.task_id if count > LIMIT else small.task_id

    few = PythonOperator(task_id="few", python_callable=choose, op_kwargs={"count": 1})
    many = PythonOperator(task_id="many", python_callable=choose, op_kwargs={"count": 9})
    PATHS = [small.task_id, large.task_id]
    GREETING = f"{dag.dag_id} has {len(PATHS)} paths"
    result = f"{few.output}!"

    def greet():
        return [GREETING, PATHS, result]

    hello = PythonOperator(task_id="hello", python_callable=greet)
    where = PythonOperator(task_id="where", python_callable=lambda: f"{dag.dag_id}: {few.task_id}")

    [few, many] >> small
    [few, many] >> large
