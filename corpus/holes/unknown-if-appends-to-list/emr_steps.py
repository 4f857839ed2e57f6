# Airflow: the list has a third step where the Variable says so; the name STEPS is never bound again.
# A converter that only forgets the names assigned in the branch writes two steps.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator


def step(name):
    return {
        "Name": name,
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", f"s3://jobs/{name}.py"]},
    }


STEPS = [step("extract"), step("load")]

if Variable.get("with_audit") == "true":
    STEPS.append(step("audit"))

with DAG("emr_steps", start_date=datetime(2025, 1, 1), schedule=None):
    EmrAddStepsOperator(task_id="add_steps", job_flow_id="j-1K48XXXXXXHCB", steps=STEPS)
