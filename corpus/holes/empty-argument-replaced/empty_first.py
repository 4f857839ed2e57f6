# Airflow: both constructors say `x or <a new one>`, so the empty dict and the empty list are replaced and the later stores miss them.
# A converter that models every argument as held by reference writes --date and a step that Airflow never has.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

script_args = {}
steps = []

with DAG("empty_first", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    job = GlueJobOperator(task_id="job", job_name="job", script_args=script_args)
    emr = EmrAddStepsOperator(task_id="emr", job_flow_id="j-1K48XXXXXXHCB", steps=steps)
    job >> emr

script_args["--date"] = "{{ ds }}"
steps.append({"Name": "late", "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["true"]}})
