# -*- coding: utf-8 -*-
from datetime import timedelta

from airflow import DAG
from airflow.contrib.operators.emr_add_steps_operator import EmrAddStepsOperator
from airflow.contrib.operators.emr_create_job_flow_operator import EmrCreateJobFlowOperator
from airflow.contrib.operators.emr_terminate_job_flow_operator import EmrTerminateJobFlowOperator
from airflow.contrib.sensors.emr_step_sensor import EmrStepSensor
from airflow.operators.dummy_operator import DummyOperator
from airflow.utils.dates import days_ago

BUCKET_NAME = 'movie-reviews'
s3_script = 'scripts/random_text_classification.py'

SPARK_STEPS = [
    {
        'Name': 'Classify movie reviews',
        'ActionOnFailure': 'CANCEL_AND_WAIT',
        'HadoopJarStep': {
            'Jar': 'command-runner.jar',
            'Args': ['spark-submit', '--deploy-mode', 'client', 's3://{{ params.BUCKET_NAME }}/{{ params.s3_script }}'],
        },
    },
]

JOB_FLOW_OVERRIDES = {
    'Name': 'Movie review classifier',
    'ReleaseLabel': 'emr-5.29.0',
    'Applications': [{'Name': 'Hadoop'}, {'Name': 'Spark'}],
    'Instances': {
        'InstanceGroups': [
            {'Name': 'Master node', 'Market': 'SPOT', 'InstanceRole': 'MASTER', 'InstanceType': 'm4.xlarge', 'InstanceCount': 1},
        ],
        'KeepJobFlowAliveWhenNoSteps': True,
        'TerminationProtected': False,
    },
    'JobFlowRole': 'EMR_EC2_DefaultRole',
    'ServiceRole': 'EMR_DefaultRole',
}

default_args = {
    'owner': 'airflow',
    'depends_on_past': True,
    'wait_for_downstream': True,
    'start_date': days_ago(2),
    'email': ['airflow@example.com'],
    'email_on_failure': False,
    'email_on_retry': False,
    'retries': 1,
    'retry_delay': timedelta(minutes=5),
}

dag = DAG('movie_reviews_emr', default_args=default_args, schedule_interval='0 10 * * *', max_active_runs=1)

start_data_pipeline = DummyOperator(task_id='start_data_pipeline', dag=dag)

create_emr_cluster = EmrCreateJobFlowOperator(
    task_id='create_emr_cluster',
    job_flow_overrides=JOB_FLOW_OVERRIDES,
    aws_conn_id='aws_default',
    emr_conn_id='emr_default',
    dag=dag,
)

step_adder = EmrAddStepsOperator(
    task_id='add_steps',
    job_flow_id="{{ task_instance.xcom_pull(task_ids='create_emr_cluster', key='return_value') }}",
    aws_conn_id='aws_default',
    steps=SPARK_STEPS,
    params={'BUCKET_NAME': BUCKET_NAME, 's3_script': s3_script},
    dag=dag,
)

step_checker = EmrStepSensor(
    task_id='watch_step',
    job_flow_id="{{ task_instance.xcom_pull('create_emr_cluster', key='return_value') }}",
    step_id="{{ task_instance.xcom_pull(task_ids='add_steps', key='return_value')[0] }}",
    aws_conn_id='aws_default',
    dag=dag,
)

terminate_emr_cluster = EmrTerminateJobFlowOperator(
    task_id='terminate_emr_cluster',
    job_flow_id="{{ task_instance.xcom_pull(task_ids='create_emr_cluster', key='return_value') }}",
    aws_conn_id='aws_default',
    trigger_rule='all_done',
    dag=dag,
)

end_data_pipeline = DummyOperator(task_id='end_data_pipeline', dag=dag)

start_data_pipeline >> create_emr_cluster >> step_adder
step_adder >> step_checker >> terminate_emr_cluster
terminate_emr_cluster >> end_data_pipeline
