from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

from house_operators import LoudLambdaOperator


class HouseGlueJobOperator(GlueJobOperator):
    """Glue with the house's defaults."""

    def __init__(self, *, job, day="{{ ds }}", **kwargs):
        super().__init__(
            job_name=f"house-{job}",
            iam_role_name="house-glue",
            script_args={"--day": day},
            **kwargs,
        )


with DAG("house_jobs", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    a = HouseGlueJobOperator(task_id="a", job="a")
    b = HouseGlueJobOperator(task_id="b", job="b", day="{{ macros.ds_add(ds, -1) }}", retries=2)
    a >> b >> LoudLambdaOperator(task_id="loud", function_name="loud")
