from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.s3 import S3CopyObjectOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator


class Feed:
    bucket = "feeds"
    retries = 1

    def __init__(self, name, hour=2, *, suffix=".csv"):
        self.name = name
        self.hour = hour
        self.suffix = suffix

    @property
    def cron(self):
        return "{} {} * * *".format(self.minute(), self.hour)

    @staticmethod
    def minute():
        return 15

    @classmethod
    def default_args(cls):
        return {"owner": cls.__name__.lower(), "retries": cls.retries, "retry_delay": timedelta(minutes=cls.retries * 2)}

    def key(self):
        return f"s3://{self.bucket}/{self.name}/{{{{ ds }}}}{self.suffix}"

    def build(self):
        dag = DAG(
            "feed_" + self.name,
            schedule=self.cron,
            start_date=datetime(2025, 2, 2),
            catchup=False,
            default_args=self.default_args(),
        )
        copy = S3CopyObjectOperator(
            task_id="copy", source_bucket_key=self.key(), dest_bucket_key=self.key().replace("feeds", "lake", 1), dag=dag
        )
        self.after(copy, dag)
        return dag

    def after(self, task, dag):
        """Hook for subclasses."""


class LoudFeed(Feed):
    retries = 3

    def __init__(self, name, topic, **kwargs):
        super().__init__(name, **kwargs)
        self.topic = topic

    def after(self, task, dag):
        super().after(task, dag)
        task >> SnsPublishOperator(
            task_id="announce", target_arn=f"arn:aws:sns:eu-west-1:123456789012:{self.topic}", message=self.name, dag=dag
        )


fx = Feed("fx").build()
rates = LoudFeed("rates", topic="treasury", hour=6, suffix=".parquet").build()
