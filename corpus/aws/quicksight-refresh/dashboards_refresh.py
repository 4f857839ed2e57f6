import pendulum
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.quicksight import QuickSightCreateIngestionOperator
from airflow.providers.amazon.aws.sensors.quicksight import QuickSightSensor

DATASETS = [
    ("sales", "9f0b6f0c-0000-4a4e-9d57-5b1d3f8f0001"),
    ("margin", "9f0b6f0c-0000-4a4e-9d57-5b1d3f8f0002"),
    ("returns", "9f0b6f0c-0000-4a4e-9d57-5b1d3f8f0003"),
]

with DAG(
    dag_id="dashboards_refresh",
    start_date=pendulum.datetime(2025, 6, 1, tz="Europe/Amsterdam"),
    schedule="10 7 * * *",
    catchup=False,
    default_args={"owner": "bi-team", "email": "bi-team@example.com", "email_on_retry": False},
    tags=["quicksight"],
) as dag:
    ready = EmptyOperator(task_id="ready")
    refreshed = EmptyOperator(task_id="refreshed")

    for name, dataset_id in DATASETS:
        ingestion_id = name + "-{{ ds_nodash }}"
        ingest = QuickSightCreateIngestionOperator(
            task_id=f"ingest_{name}",
            data_set_id=dataset_id,
            ingestion_id=ingestion_id,
            ingestion_type="INCREMENTAL_REFRESH" if name == "sales" else "FULL_REFRESH",
            wait_for_completion=False,
        )
        wait = QuickSightSensor(task_id=f"wait_{name}", data_set_id=dataset_id, ingestion_id=ingestion_id)
        ready >> ingest >> wait >> refreshed
