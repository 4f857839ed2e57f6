"""Daily sales report: wait for the export, aggregate it with Athena, publish the result."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3DeleteObjectsOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

from common.settings import DEFAULT_ARGS

BUCKET = "acme-sales"
REGIONS = ["eu", "us"]

AGGREGATE = """\
INSERT INTO daily
SELECT '{region}' AS region, sum(amount) AS amount
FROM orders_{region}
WHERE day = DATE '{{{{ ds }}}}'
"""

with DAG(
    dag_id="daily_sales",
    default_args=DEFAULT_ARGS,
    schedule="30 5 * * *",
    start_date=datetime(2030, 1, 1),
    catchup=False,
    tags=["sales"],
) as dag:
    clean_up = S3DeleteObjectsOperator(
        task_id="clean_up",
        bucket=BUCKET,
        prefix="tmp/{{ ds }}/",
        trigger_rule="all_done",
    )

    for region in REGIONS:
        export = S3KeySensor(
            task_id=f"wait_for_{region}",
            bucket_name=BUCKET,
            bucket_key=f"export/{region}/{{{{ ds }}}}/_SUCCESS",
            poke_interval=300,
        )
        aggregate = AthenaOperator(
            task_id=f"aggregate_{region}",
            database="sales",
            query=AGGREGATE.format(region=region),
            output_location=f"s3://{BUCKET}/tmp/{{{{ ds }}}}/",
        )
        publish = S3CopyObjectOperator(
            task_id=f"publish_{region}",
            source_bucket_key=f"s3://{BUCKET}/tmp/{{{{ ds }}}}/{region}.csv",
            dest_bucket_key=f"s3://{BUCKET}/reports/{region}/{{{{ ds }}}}.csv",
        )
        export >> aggregate >> publish >> clean_up
