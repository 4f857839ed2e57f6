from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

REDSHIFT = dict(
    cluster_identifier="finance-rs-prod",
    database="finance",
    db_user="airflow_loader",
    region_name="us-west-2",
    wait_for_completion=True,
    poll_interval=5,
)

COPY = """
COPY staging.ledger
FROM 's3://finance-landing/ledger/{{ ds_nodash }}/'
IAM_ROLE 'arn:aws:iam::123456789012:role/finance-redshift-copy'
FORMAT AS PARQUET;
"""

with DAG(
    dag_id="finance_ledger",
    start_date=datetime(2025, 4, 1),
    end_date=datetime(2027, 3, 31),
    schedule="0 3 1 * *",
    catchup=False,
    default_args={
        "owner": "finance-data",
        "retries": 2,
        "retry_delay": timedelta(minutes=3),
        "execution_timeout": timedelta(hours=1),
    },
    params={"fiscal_year_start_month": 4},
) as dag:
    truncate = RedshiftDataOperator(task_id="truncate_staging", sql="TRUNCATE TABLE staging.ledger", **REDSHIFT)

    copy = RedshiftDataOperator(task_id="copy_ledger", sql=COPY, statement_name="copy-ledger", **REDSHIFT)

    merge = RedshiftDataOperator(
        task_id="merge_ledger",
        sql="sql/merge_ledger.sql",
        parameters=[{"name": "run_date", "value": "{{ ds }}"}],
        **REDSHIFT,
    )

    maintain = RedshiftDataOperator(
        task_id="maintain",
        sql=["ANALYZE core.ledger", "VACUUM DELETE ONLY core.ledger TO 99 PERCENT"],
        **{**REDSHIFT, "wait_for_completion": False},
    )

    truncate >> copy >> merge
    merge >> maintain
