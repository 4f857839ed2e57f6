from datetime import timedelta

from airflow import DAG
from airflow.contrib.operators.aws_athena_operator import AWSAthenaOperator
from airflow.contrib.sensors.aws_glue_catalog_partition_sensor import AwsGlueCatalogPartitionSensor
from airflow.operators.dummy_operator import DummyOperator
from airflow.sensors.s3_key_sensor import S3KeySensor

DEFAULT_ARGS = {
    'owner': 'ledger',
    'start_date': '2021-01-01',
    'retries': 2,
    'retry_delay': timedelta(minutes=1),
    'sla': timedelta(hours=2),
    'queue': 'heavy',
    'pool': 'athena',
    'priority_weight': 10,
}

with DAG('ledger_v1', 'Loads the ledger', '0 4 * * *', default_args=DEFAULT_ARGS, catchup=False) as dag:
    wait = S3KeySensor(task_id='wait', bucket_key='s3://ledger/{{ ds }}/ready', poke_interval=60, timeout=60 * 60)
    files = AwsGlueCatalogPartitionSensor(task_id='files', table_name='ledger_in', database_name='finance')
    book = AWSAthenaOperator(
        task_id='book',
        query='INSERT INTO ledger SELECT * FROM staging',
        database='finance',
        output_location='s3://athena-results/',
        task_concurrency=1,
    )
    done = DummyOperator(task_id='done', trigger_rule='dummy')
    wait >> files >> book >> done
