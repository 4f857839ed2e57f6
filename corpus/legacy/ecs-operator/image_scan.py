from datetime import datetime

from airflow import DAG
from airflow.operators.dummy import DummyOperator
from airflow.providers.amazon.aws.operators.ecs import ECSOperator
from airflow.providers.amazon.aws.operators.sqs import SQSPublishOperator
from airflow.providers.amazon.aws.sensors.s3_key import S3KeySensor

dag = DAG(
    dag_id='image_scan',
    schedule_interval='@hourly',
    start_date=datetime(2022, 5, 1),
    catchup=False,
    default_view='graph',
    orientation='LR',
)
dag.doc_md = 'Scans the images that were pushed in the last hour.'

wait = S3KeySensor(
    task_id='wait', bucket_key='pushed/{{ ts_nodash }}', bucket_name='image-events', poke_interval=30, dag=dag
)
scan = ECSOperator(
    task_id='scan',
    cluster='security',
    task_definition='scanner',
    launch_type='FARGATE',
    overrides={'containerOverrides': [{'name': 'scanner', 'command': ['scan', '{{ ts }}']}]},
    network_configuration={'awsvpcConfiguration': {'subnets': ['subnet-1'], 'securityGroups': ['sg-1']}},
    aws_conn_id='aws_ecs',
    region_name='us-west-1',
    dag=dag,
)
tell = SQSPublishOperator(
    task_id='tell',
    sqs_queue='https://sqs.us-west-1.amazonaws.com/123456789012/scans',
    message_content='scan {{ ts }}',
    dag=dag,
)
end = DummyOperator(task_id='end', dag=dag)

wait >> scan >> tell >> end
