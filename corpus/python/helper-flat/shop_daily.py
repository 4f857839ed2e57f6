from datetime import datetime

import shop_config as cfg
from airflow import DAG
from shop_helpers import athena, notify_failure

with DAG(
    "shop_daily",
    schedule=cfg.SCHEDULES["daily"],
    start_date=datetime(*cfg.START),
    catchup=False,
    default_args=cfg.DEFAULT_ARGS,
    on_failure_callback=notify_failure,
) as dag:
    orders = athena("orders")
    revenue = athena("revenue", depends_on=[orders])
    athena("forecast", depends_on=[orders, revenue], workgroup=cfg.HEAVY)
