from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
from airflow.providers.amazon.aws.sensors.sqs import SqsSensor

TOPIC = "arn:aws:sns:ap-southeast-2:123456789012:grid-alerts-%s"

dag = DAG(
    "alert_fanout",
    start_date=datetime(year=2025, month=1, day=1),
    schedule="*/10 * * * *",
    catchup=False,
    max_active_runs=1,
)

with dag:
    wait = SqsSensor(
        task_id="wait",
        sqs_queue="https://sqs.ap-southeast-2.amazonaws.com/123456789012/grid-events",
        max_messages=10,
        num_batches=3,
        wait_time_seconds=20,
        visibility_timeout=120,
        message_filtering="jsonpath",
        message_filtering_match_values=["outage", "overload"],
        message_filtering_config="detail.kind",
        delete_message_on_reception=True,
    )

    for severity, channel in (("high", "pager"), ("low", "mail")):
        wait >> SnsPublishOperator(
            task_id="publish_%s" % channel,
            target_arn=TOPIC % severity,
            subject="[%s] grid alerts" % severity.upper(),
            message="{{ ti.xcom_pull(task_ids='wait', key='messages') }}",
            message_attributes={"severity": severity, "attempt": 1, "ratio": 0.5},
        )
