from datetime import datetime

import common.aws.names as names
from airflow import DAG
from common import Defaults, build_chain
from common.constants import *  # noqa: F403

with DAG(
    names.dag_id("metering"),
    start_date=datetime(2025, 1, 1),
    schedule=NIGHTLY,  # noqa: F405
    catchup=False,
    default_args=Defaults(owner="metering").as_dict(),
) as dag:
    build_chain(["read", "validate", "bill"], prefix=PREFIX)  # noqa: F405
