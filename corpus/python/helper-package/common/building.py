from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

from .aws.names import function_name


def build_chain(steps, prefix):
    tasks = [
        LambdaInvokeFunctionOperator(task_id=f"{prefix}_{step}", function_name=function_name(step)) for step in steps
    ]
    chain(*tasks)
    return tasks[0], tasks[-1]
