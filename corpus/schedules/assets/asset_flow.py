from datetime import datetime

from airflow.sdk import DAG, Asset, AssetAlias
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.timetables.assets import AssetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

orders = Asset("s3://lake/orders/")
users = Asset(uri="s3://lake/users/", name="users", group="crm", extra={"team": "crm"})
START = datetime(2025, 1, 1)

with DAG("asset_producer", start_date=START, schedule="@daily", catchup=False):
    GlueJobOperator(task_id="orders", job_name="orders", outlets=[orders])
    GlueJobOperator(task_id="users", job_name="users", outlets=[users, AssetAlias("crm-things")], inlets=[orders])

with DAG("asset_one", start_date=START, schedule=[orders], catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="one")

with DAG("asset_all", start_date=START, schedule=[orders, users], catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="all")

with DAG("asset_any", start_date=START, schedule=(orders | users), catchup=False):
    LambdaInvokeFunctionOperator(task_id="run", function_name="any")

with DAG(
    "asset_or_time",
    start_date=START,
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 1 * * *", timezone="UTC"), assets=(orders & users)),
    catchup=False,
):
    LambdaInvokeFunctionOperator(task_id="run", function_name="either")
