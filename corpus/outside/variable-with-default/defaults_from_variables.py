from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

bucket = Variable.get("lake_bucket", default_var="acme-lake-dev")
job = Variable.get("glue_job", default_var={"workers": 4, "type": "G.1X"}, deserialize_json=True)
owner = Variable.get("owner", "data-eng")

with DAG(
    "defaults_from_variables",
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    default_args={"owner": owner, "retries": int(Variable.get("retries", default_var="2"))},
) as dag:
    ls = S3ListOperator(task_id="ls", bucket=bucket, prefix="in/{{ ds }}/")
    crunch = GlueJobOperator(
        task_id="crunch",
        job_name="crunch",
        script_args={"--bucket": bucket},
        create_job_kwargs={"NumberOfWorkers": job["workers"], "WorkerType": job["type"]},
    )
    ls >> crunch
