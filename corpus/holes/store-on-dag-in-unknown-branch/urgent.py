# Airflow: the task's trigger rule is changed after it was made, if the Variable says so.
# A naive converter sees no task and no edge in the branch and writes the default rule.
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.emr import EmrTerminateJobFlowOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

with DAG("urgent", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    work = GlueJobOperator(task_id="work", job_name="work")
    clean = EmrTerminateJobFlowOperator(task_id="clean", job_flow_id="j-1K48XXXXXXHCB")
    work >> clean

if Variable.get("urgent") == "yes":
    clean.trigger_rule = "all_done"
    dag.doc_md = "runs on call"
