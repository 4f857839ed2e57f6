from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator, S3CreateObjectOperator


class Env:
    account = "123456789012"
    region = "eu-west-1"


BUCKET = "{env.account}-{0}-{env.region}".format("raw", env=Env)
KEY = "{prefix}/dt={{{{ ds }}}}/part-{n:05d}.{parts[1]}"
PATH = " /exports/Daily Report.CSV "

clean = PATH.strip().strip("/").lower().replace(" ", "_")
folder, _, file = clean.partition("/")
stem, ext = file.rsplit(".", maxsplit=1)

with DAG(
    "{}_{}".format(stem, ext),
    start_date=datetime(2025, 1, 1),
    schedule="@daily",
    catchup=False,
    description=" / ".join(w.title() for w in stem.split("_")) + " ({!r}, {:>4}, {:.2f})".format(ext, 7, 1.005),
) as dag:
    previous = None
    for n in range(1, 4):
        copy = S3CopyObjectOperator(
            task_id="copy_" + str(n).zfill(3),
            source_bucket_name=BUCKET,
            source_bucket_key=KEY.format(prefix=folder, n=n, parts=[stem, ext]),
            dest_bucket_name=BUCKET.replace("raw", "curated"),
            dest_bucket_key=KEY.format(**{"prefix": "/".join([folder, stem]), "n": n * 10, "parts": ("", "gz")}),
        )
        if previous:
            previous >> copy
        previous = copy
    note = S3CreateObjectOperator(
        task_id="note",
        s3_bucket=BUCKET,
        s3_key="notes/{:%Y}.txt".format(datetime(2025, 12, 31)),
        data="{0} {0!r} {1:{2}}|".format("a\tb", "right", ">8"),
    )
    previous >> note
