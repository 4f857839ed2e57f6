"""One ingest DAG per source system. Add a new system at the bottom of the file."""
from datetime import datetime, timedelta
from typing import List, Optional

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

DEFAULTS = {"owner": "ingest", "retries": 2, "retry_delay": timedelta(minutes=5)}


def create_ingest_dag(
    system: str,
    tables: List[str],
    schedule: Optional[str] = "@daily",
    wait_for_file: bool = False,
    **dag_kwargs,
) -> DAG:
    """Builds the DAG `ingest_<system>`.

    :param system: short name of the source system
    :param tables: the tables to load, in any order
    """
    dag = DAG(
        dag_id=f"ingest_{system}",
        schedule=schedule,
        start_date=datetime(2025, 1, 1),
        catchup=False,
        default_args={**DEFAULTS, "owner": dag_kwargs.pop("owner", DEFAULTS["owner"])},
        tags=["ingest", system],
        **dag_kwargs,
    )
    with dag:
        start = EmptyOperator(task_id="start")
        gate = start
        if wait_for_file:
            gate = S3KeySensor(
                task_id="wait_for_file",
                bucket_key=f"s3://{system}-landing/{{{{ ds }}}}/_DONE",
                timeout=6 * 3600,
                mode="reschedule",
            )
            start >> gate
        for table in tables:
            load = GlueJobOperator(
                task_id=f"load_{table.lower()}",
                job_name=f"{system}-load",
                script_args={"--table": table.upper(), "--day": "{{ ds }}"},
            )
            gate >> load
    return dag


crm = create_ingest_dag("crm", ["Account", "Contact"])
erp = create_ingest_dag("erp", ["BKPF", "BSEG"], schedule="30 4 * * *", wait_for_file=True, max_active_runs=1)
web = create_ingest_dag("web", tables=["clicks"], schedule=None, owner="web-team")
