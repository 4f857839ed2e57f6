from datetime import datetime

from airflow.providers.smtp.notifications.smtp import SmtpNotifier
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    "ledger",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    access_control={"Viewer": {"DAGs": {"can_read"}}, "Op": {"DAGs": {"can_read", "can_edit"}}},
    doc_md="# Ledger",
    dag_display_name="The ledger",
):
    BashOperator(
        task_id="close",
        bash_command="close",
        executor_config={"queue": "big", "labels": ["a"]},
        pool="ledger",
        pool_slots=2,
        doc_md="Closes the day.",
        doc_json='{"a": 1}',
        task_display_name="Close",
        on_failure_callback=SmtpNotifier(to="ops@example.com", subject="closed badly"),
    )
