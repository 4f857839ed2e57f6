"""Silences the replenishment rule while the nightly batch is running."""
import json
from datetime import datetime

from airflow.decorators import dag
from airflow.providers.amazon.aws.operators.eventbridge import (
    EventBridgeDisableRuleOperator,
    EventBridgeEnableRuleOperator,
    EventBridgePutEventsOperator,
    EventBridgePutRuleOperator,
)

RULE = "replenishment-trigger"
BUS = "warehouse"
PATTERN = {"source": ["wms.stock"], "detail-type": ["StockBelowMinimum"], "detail": {"site": [{"prefix": "DE-"}]}}


def entry(kind: str, **detail) -> dict:
    return {
        "Source": "airflow.maintenance",
        "DetailType": kind,
        "EventBusName": BUS,
        "Detail": json.dumps({"day": "{{ ds }}", **detail}, sort_keys=True),
    }


@dag(schedule="55 23 * * *", start_date=datetime(2025, 9, 9), catchup=False, default_args={"owner": "wms"})
def maintenance_window():
    put_rule = EventBridgePutRuleOperator(
        task_id="put_rule",
        name=RULE,
        event_pattern=json.dumps(PATTERN),
        event_bus_name=BUS,
        description="Low stock events of all German sites",
        state="ENABLED",
    )
    disable = EventBridgeDisableRuleOperator(task_id="disable", name=RULE, event_bus_name=BUS)
    announce = EventBridgePutEventsOperator(
        task_id="announce", entries=[entry("WindowOpened"), entry("BatchExpected", minutes=90, sites=["DE-1", "DE-2"])]
    )
    enable = EventBridgeEnableRuleOperator(task_id="enable", name=RULE, event_bus_name=BUS, trigger_rule="all_done")

    put_rule >> disable >> announce >> enable


maintenance_window()
