import random
import uuid
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.sagemaker import SageMakerTransformOperator

JOB = "score-" + str(uuid.uuid4())[:8]

with DAG("lottery_argument", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    SageMakerTransformOperator(task_id="score", config={"TransformJobName": JOB, "ModelName": "m"})

with DAG("lottery_minute", start_date=datetime(2025, 1, 1), schedule=f"{random.randint(0, 59)} 4 * * *", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")

with DAG("no_lottery", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="run")
