from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.appflow import (
    AppflowRecordsShortCircuitOperator,
    AppflowRunDailyOperator,
    AppflowRunFullOperator,
)
from airflow.providers.amazon.aws.operators.kinesis_analytics import (
    KinesisAnalyticsV2StartApplicationOperator,
    KinesisAnalyticsV2StopApplicationOperator,
)
from airflow.providers.amazon.aws.sensors.kinesis_analytics import (
    KinesisAnalyticsV2StartApplicationCompletedSensor,
    KinesisAnalyticsV2StopApplicationCompletedSensor,
)

APP = "crm-enrichment"
SOURCE = "salesforce"

with DAG(
    dag_id="crm_stream",
    start_date=datetime(2025, 7, 1),
    schedule="0 12 * * *",
    catchup=False,
    default_args={"owner": "crm"},
) as dag:
    accounts = AppflowRunFullOperator(task_id="accounts", source=SOURCE, flow_name="sf-accounts")
    campaigns = AppflowRunDailyOperator(
        task_id="campaigns", source=SOURCE, flow_name="sf-campaigns", source_field="LastModifiedDate", filter_date="{{ ds }}"
    )
    any_campaigns = AppflowRecordsShortCircuitOperator(
        task_id="any_campaigns", flow_name="sf-campaigns", appflow_run_task_id="campaigns"
    )
    start_app = KinesisAnalyticsV2StartApplicationOperator(
        task_id="start_app",
        application_name=APP,
        run_configuration={"FlinkRunConfiguration": {"AllowNonRestoredState": True}},
        wait_for_completion=False,
    )
    app_running = KinesisAnalyticsV2StartApplicationCompletedSensor(task_id="app_running", application_name=APP)
    stop_app = KinesisAnalyticsV2StopApplicationOperator(
        task_id="stop_app", application_name=APP, force=True, trigger_rule="all_done", wait_for_completion=False
    )
    app_stopped = KinesisAnalyticsV2StopApplicationCompletedSensor(
        task_id="app_stopped", application_name=APP, trigger_rule="all_done"
    )

    campaigns >> any_campaigns >> start_app
    [accounts, any_campaigns] >> start_app >> app_running >> stop_app >> app_stopped
