from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

CONFIG = {
    "sales": {
        "tables": ["orders", "order_lines", "refunds"],
        "crawl": True,
        "deps": {"order_lines": ["orders"], "refunds": ["orders", "order_lines"]},
    },
    "hr": {"tables": ["employees"], "enabled": False},
    "logistics": {"tables": ["shipments", "stock"], "workgroup": "heavy"},
}

with DAG("table_syncs", start_date=datetime(2025, 3, 1), schedule="0 3 * * *", catchup=False) as dag:
    end = EmptyOperator(task_id="end")
    tasks = {}
    for area, cfg in CONFIG.items():
        if not cfg.get("enabled", True):
            continue
        crawl = None
        if cfg.get("crawl"):
            crawl = GlueCrawlerOperator(task_id=f"crawl_{area}", config={"Name": f"{area}-crawler"})
        for table in cfg["tables"]:
            key = f"{area}.{table}"
            tasks[key] = AthenaOperator(
                task_id=key.replace(".", "__"),
                query=f"CALL sync('{area}', '{table}', DATE '{{{{ ds }}}}')",
                database=area,
                output_location=f"s3://athena-results/{area}/",
                workgroup=cfg.get("workgroup", "primary"),
            )
            if crawl is not None:
                crawl >> tasks[key]
        for table, upstreams in cfg.get("deps", {}).items():
            for upstream in upstreams:
                tasks[f"{area}.{upstream}"] >> tasks[f"{area}.{table}"]
    list(tasks.values()) >> end
