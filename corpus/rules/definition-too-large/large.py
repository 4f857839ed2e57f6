from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

COLUMNS = ", ".join(f"CAST(payload.column_{i:03} AS VARCHAR(256)) AS column_{i:03}" for i in range(400))

with DAG("large", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    load = RedshiftDataOperator(task_id="load", database="d", sql=f"INSERT INTO flat SELECT {COLUMNS} FROM raw")
    merge = RedshiftDataOperator(
        task_id="merge", database="d", sql=[f"MERGE INTO t{i} USING flat ON t{i}.id = flat.id" for i in range(600)]
    )
    tell = SnsPublishOperator(task_id="tell", target_arn="arn:aws:sns:eu-west-1:123456789012:t", message="done")
    load >> merge >> tell
