from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.hooks.base import BaseHook
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator
from warehouse import load_marts
from warehouse.operators import UnloadTableOperator
from warehouse.settings import LAKE, STAGE

BROKER = BaseHook.get_connection("broker")
DEFAULTS, MARTS = load_marts(Path(__file__).parent / "config" / "marts.yaml")

for mart in MARTS:
    with DAG(
        f"mart_{mart.name}",
        schedule=mart.schedule,
        start_date=datetime(2025, 1, 1),
        catchup=False,
        default_args=DEFAULTS,
        tags=[mart.tier, STAGE],
    ) as dag:
        crawl = GlueCrawlerOperator(
            task_id="crawl",
            config={"Name": f"{mart.name}_crawler", "Description": f"feeds {BROKER.host}:{BROKER.port}"},
        )
        for table in mart.tables:
            unload = UnloadTableOperator(
                task_id=f"unload_{table}",
                table=table,
                bucket=LAKE,
                prefix=mart.prefix,
                pool_slots=mart.pool_slots,
            )
            unload >> crawl
    globals()[dag.dag_id] = dag

