from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.emr import EmrTerminateJobFlowOperator
from airflow.utils.trigger_rule import TriggerRule

RULES = [
    "all_success", "all_failed", "all_done", "one_success", "one_failed", "one_done",
    "none_failed", "none_skipped", "always", "none_failed_min_one_success", "all_skipped",
]

with DAG("joins", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
    for rule in RULES:
        [a, b] >> EmptyOperator(task_id=f"join_{rule}", trigger_rule=rule)
    [a, b] >> EmrTerminateJobFlowOperator(
        task_id="clean", job_flow_id="j-1K48XXXXXXHCB", trigger_rule=TriggerRule.ALL_DONE
    )
