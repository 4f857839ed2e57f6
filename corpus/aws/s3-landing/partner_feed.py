import datetime as dt

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import (
    S3CopyObjectOperator,
    S3CreateBucketOperator,
    S3CreateObjectOperator,
    S3DeleteObjectsOperator,
    S3ListOperator,
    S3PutBucketTaggingOperator,
)
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

LANDING = "partner-landing"
ARCHIVE = "partner-archive-{{ ds_nodash[:6] }}"
FILES = ("prices.csv", "stock.csv", "returns.csv")

args = {"owner": "partners", "start_date": dt.datetime(2025, 5, 12), "retries": 4, "retry_delay": dt.timedelta(0, 60)}

with DAG("partner_feed", default_args=args, schedule="5 * * * *", catchup=False, max_active_runs=2) as dag:
    make_archive = S3CreateBucketOperator(task_id="make_archive", bucket_name=ARCHIVE, region_name="eu-west-2")
    tag_archive = S3PutBucketTaggingOperator(
        task_id="tag_archive", bucket_name=ARCHIVE, tag_set={"owner": "partners", "retention": "13m"}
    )

    wait_for_marker = S3KeySensor(
        task_id="wait_for_marker",
        bucket_key="incoming/{{ ds }}/*/_SUCCESS",
        bucket_name=LANDING,
        wildcard_match=True,
        mode="reschedule",
        poke_interval=5 * 60,
        timeout=60 * 55,
        soft_fail=True,
    )

    list_files = S3ListOperator(
        task_id="list_files", bucket=LANDING, prefix="incoming/{{ ds }}/", delimiter="/", aws_conn_id="aws_partner"
    )

    copies = [
        S3CopyObjectOperator(
            task_id="copy_" + name.split(".")[0],
            source_bucket_name=LANDING,
            source_bucket_key="incoming/{{ ds }}/" + name,
            dest_bucket_name=ARCHIVE,
            dest_bucket_key="{}/{{{{ ds }}}}/{}".format(name.rsplit(".", 1)[0], name),
        )
        for name in FILES
    ]

    manifest = S3CreateObjectOperator(
        task_id="manifest",
        s3_bucket=ARCHIVE,
        s3_key="manifests/{{ ds }}.txt",
        data="\n".join(FILES),
        replace=True,
        encoding="utf-8",
    )

    delete_files = S3DeleteObjectsOperator(
        task_id="delete_files", bucket=LANDING, keys=[f"incoming/{{{{ ds }}}}/{f}" for f in FILES]
    )
    delete_marker = S3DeleteObjectsOperator(
        task_id="delete_marker", bucket=LANDING, prefix="incoming/{{ ds }}/", trigger_rule="none_failed"
    )

    [make_archive >> tag_archive, wait_for_marker] >> list_files >> copies
    copies >> manifest >> [delete_files, delete_marker]
