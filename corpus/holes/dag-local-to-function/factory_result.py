# Airflow: `make("lost")` makes a DAG with a task, but no name of the module is bound to it and no `with` registered it.
# A naive converter collects both DAGs at their constructor.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def make(dag_id):
    dag = DAG(dag_id, start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False)
    LambdaInvokeFunctionOperator(task_id="run", function_name=dag_id, dag=dag)
    return dag


make("lost")
kept = make("kept")
