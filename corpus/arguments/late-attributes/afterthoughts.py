"""The module's own words become the DAG's documentation."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.emr import EmrTerminateJobFlowOperator

dag = DAG("afterthoughts", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=True, tags=["one"])
dag.doc_md = __doc__
dag.catchup = False
dag.tags.add("two")
dag.max_active_runs = 3

run = AthenaOperator(
    task_id="run", query="SELECT 1", database="core", output_location="s3://athena-results/", dag=dag
)
stop = EmrTerminateJobFlowOperator(task_id="stop", job_flow_id="j-1K48XXXXXXHCB", dag=dag)
run >> stop

stop.trigger_rule = "all_done"
stop.retries = 4
run.execution_timeout = timedelta(minutes=10)
run.query = run.query.replace("1", "2")
run.doc_md = f"""\
#### {run.task_id}
of {dag.dag_id}
"""
for task in dag.tasks:
    task.owner = "late"
