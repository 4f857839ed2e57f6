# written 2021, provider 2.x
from datetime import timedelta

from airflow import DAG
from airflow.operators.dummy import DummyOperator
from airflow.providers.amazon.aws.operators.athena import AWSAthenaOperator
from airflow.providers.amazon.aws.operators.glue import AwsGlueJobOperator
from airflow.providers.amazon.aws.operators.glue_crawler import AwsGlueCrawlerOperator
from airflow.utils.dates import days_ago

default_args = {
    'owner': 'marketing',
    'start_date': days_ago(1),
    'retries': 1,
    'retry_delay': timedelta(minutes=2),
}

dag = DAG(
    dag_id='marketing_touchpoints',
    default_args=default_args,
    schedule_interval='0 6 * * *',
    catchup=False,
    concurrency=4,
)

begin = DummyOperator(task_id='begin', dag=dag)
end = DummyOperator(task_id='end', dag=dag)

crawl = AwsGlueCrawlerOperator(
    task_id='crawl_touchpoints',
    config={'Name': 'touchpoints_crawler'},
    aws_conn_id='aws_marketing',
    poll_interval=15,
    dag=dag,
)

transform = AwsGlueJobOperator(
    task_id='transform_touchpoints',
    job_name='touchpoints_transform',
    script_location='s3://mkt-glue/scripts/touchpoints.py',
    script_args={'--DAY': '{{ ds }}'},
    num_of_dpus=6,
    iam_role_name='mkt-glue-role',
    aws_conn_id='aws_marketing',
    region_name='us-east-1',
    dag=dag,
)

repair = AWSAthenaOperator(
    task_id='repair_partitions',
    query='MSCK REPAIR TABLE marketing.touchpoints',
    database='marketing',
    output_location='s3://mkt-athena-results/',
    aws_conn_id='aws_marketing',
    dag=dag,
)

begin >> crawl >> transform >> repair >> end
