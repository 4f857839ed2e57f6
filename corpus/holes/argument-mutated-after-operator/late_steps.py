# Airflow: the operator keeps the list itself, so the step appended afterwards runs too.
# A naive converter turns the argument into YAML when the operator is called and writes one step.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator


def spark(name):
    return {"Name": name, "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", name]}}


steps = [spark("extract.py")]

with DAG("late_steps", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    EmrAddStepsOperator(task_id="add_steps", job_flow_id="j-1K48XXXXXXHCB", steps=steps)

steps.append(spark("load.py"))
steps[0]["ActionOnFailure"] = "CONTINUE"
