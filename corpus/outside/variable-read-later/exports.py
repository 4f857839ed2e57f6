from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

BUCKET = Variable.get("bucket")
EXPORT = Variable.get("export", deserialize_json=True)


def folder(name):
    return f"s3://{BUCKET}/" + name


with DAG("exports", start_date=datetime(2030, 1, 1), schedule="@daily", catchup=False):
    job = GlueJobOperator(
        task_id="export",
        job_name=Variable.get("glue_job"),
        script_location="s3://" + BUCKET + "/jobs/export.py",
        script_args={
            "--target": f"{folder('exports')}/{{{{ ds }}}}/",
            "--both": f"{BUCKET}-{Variable.get('stage')}",
            "--tables": [f"{EXPORT['tables'][0]}", f"{EXPORT['prefix']}_{EXPORT['limits']['rows']}"],
        },
    )
    job >> BashOperator(task_id="tell", bash_command=f"echo exported to {BUCKET}", env={"BUCKET": BUCKET})
