from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

with DAG(
    'daily_windows',
    schedule_interval='0 0 * * *',
    start_date=datetime(2025, 1, 1),
    catchup=False,
    default_args={'owner': 'bi'},
) as dag:
    own_day = AthenaOperator(
        task_id='own_day',
        query="SELECT * FROM hits WHERE dt = '{{ ds }}'",
        database='web',
        output_location='s3://athena-results/{{ ds_nodash }}/',
    )
    window = RedshiftDataOperator(
        task_id='window',
        database='dwh',
        cluster_identifier='dwh',
        db_user='etl',
        sql="""
            DELETE FROM web.hits WHERE ts >= '{{ ds }}' AND ts < '{{ next_ds }}';
            SELECT '{{ prev_ds }}', '{{ tomorrow_ds }}', '{{ yesterday_ds_nodash }}';
        """,
    )
    runtime = RedshiftDataOperator(
        task_id='runtime',
        database='dwh',
        cluster_identifier='dwh',
        db_user='etl',
        sql="SELECT '{{ execution_date.strftime(\"%Y-%m-%d\") }}', '{{ data_interval_end | ds }}', '{{ run_id }}'",
    )
    own_day >> window >> runtime
