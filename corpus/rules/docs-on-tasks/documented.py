"""Documentation of the file."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator

with DAG("documented", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False, doc_md=__doc__) as dag:
    GlueCrawlerOperator(task_id="a", config={"Name": "a"}, doc="plain")
    GlueCrawlerOperator(task_id="b", config={"Name": "b"}, doc_md="# b\n\n- one\n- two\n")
    GlueCrawlerOperator(task_id="c", config={"Name": "c"}, doc_rst="c\n=\n")
    GlueCrawlerOperator(task_id="d", config={"Name": "d"}, doc_json='{"a": 1}')
    GlueCrawlerOperator(task_id="e", config={"Name": "e"}, doc_yaml="a: 1\n")
