"""Rebuild the retail marts with CTAS. One drop + purge + create per mart."""
from datetime import datetime
from textwrap import dedent

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3DeleteObjectsOperator

DB = "retail_marts"
RESULTS = "s3://retail-athena-results/marts/"
MART_BUCKET = "retail-marts"

MARTS = {
    "daily_sales": """
        SELECT store_id,
               CAST(sold_at AS date) AS sales_date,
               SUM(amount)           AS revenue,
               COUNT(*)              AS tickets
          FROM retail_raw.tickets
         WHERE dt <= '{{ ds }}'
         GROUP BY 1, 2
    """,
    "stock_cover": """
        SELECT s.sku, s.on_hand / NULLIF(v.avg_daily, 0) AS days_cover
          FROM retail_raw.stock s
          JOIN retail_raw.velocity v USING (sku)
         WHERE s.dt = '{{ ds }}' -- 100% of SKUs, not a sample
    """,
}

with DAG(
    "retail_marts",
    start_date=datetime(2025, 2, 1),
    schedule="40 5 * * *",
    catchup=False,
    default_args=dict(owner="bi", retries=1),
) as dag:
    start = EmptyOperator(task_id="start")
    done = EmptyOperator(task_id="done")

    for mart, select in MARTS.items():
        drop = AthenaOperator(
            task_id=f"drop_{mart}",
            query=f"DROP TABLE IF EXISTS {DB}.{mart}",
            database=DB,
            output_location=RESULTS,
        )
        purge = S3DeleteObjectsOperator(
            task_id=f"purge_{mart}",
            bucket=MART_BUCKET,
            prefix=f"{mart}/run={{{{ ds_nodash }}}}/",
        )
        create = AthenaOperator(
            task_id=f"create_{mart}",
            query=dedent(
                f"""\
                CREATE TABLE {DB}.{mart}
                WITH (
                    format = 'PARQUET',
                    write_compression = 'SNAPPY',
                    external_location = 's3://{MART_BUCKET}/{mart}/run={{{{ ds_nodash }}}}/'
                ) AS
                """
            )
            + dedent(select).strip(),
            database=DB,
            output_location=RESULTS,
            workgroup="bi-heavy",
            sleep_time=10,
            max_polling_attempts=360,
        )
        start >> drop >> purge >> create >> done
