from datetime import datetime
from enum import Enum

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.utils.trigger_rule import TriggerRule


class Region(Enum):
    FRANKFURT = "eu-central-1"
    OHIO = "us-east-2"
    TOKYO = "ap-northeast-1"

    @property
    def short(self):
        return self.value.rpartition("-")[0].replace("-", "")


class Tier(str, Enum):
    GOLD = "gold"
    FREE = "free"


MEMORY = {Tier.GOLD: 1024, Tier.FREE: 128}
SKIP = {Region.OHIO}

with DAG("regions", start_date=datetime(2025, 1, 1), schedule="@hourly", catchup=False) as dag:
    last = None
    for region in Region:
        if region in SKIP:
            continue
        for tier in Tier:
            task = LambdaInvokeFunctionOperator(
                task_id=f"{region.name.lower()}_{tier.value}",
                function_name=f"sync-{region.short}",
                payload='{"tier": "%s", "memory": %d}' % (tier.value, MEMORY[tier]),
                region_name=region.value,
                trigger_rule=TriggerRule.ALL_DONE if tier is Tier.FREE else TriggerRule["ALL_SUCCESS"],
            )
            if last:
                last >> task
            last = task
