# Airflow: the decorator makes a factory; the DAG comes with the call.
# A naive converter takes the decorated function for the DAG and writes `forgotten` too.
import pendulum

from airflow.decorators import dag
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


@dag(schedule="@daily", start_date=pendulum.datetime(2025, 1, 1, tz="UTC"), catchup=False)
def forgotten():
    LambdaInvokeFunctionOperator(task_id="run", function_name="forgotten")


@dag("called", schedule="@daily", start_date=pendulum.datetime(2025, 1, 1, tz="UTC"), catchup=False)
def some_other_name():
    LambdaInvokeFunctionOperator(task_id="run", function_name="called")


some_other_name()
