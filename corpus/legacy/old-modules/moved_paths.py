from airflow import DAG
from airflow.operators.dummy import DummyOperator
from airflow.providers.amazon.aws.operators.emr_add_steps import EmrAddStepsOperator
from airflow.providers.amazon.aws.operators.emr_create_job_flow import EmrCreateJobFlowOperator
from airflow.providers.amazon.aws.operators.emr_terminate_job_flow import EmrTerminateJobFlowOperator
from airflow.providers.amazon.aws.operators.s3_bucket import S3CreateBucketOperator
from airflow.providers.amazon.aws.sensors.emr_step import EmrStepSensor
from airflow.providers.amazon.aws.sensors.s3_prefix import S3PrefixSensor
from airflow.utils.dates import days_ago

DEFAULT_ARGS = {'owner': 'aws', 'depends_on_past': False, 'retries': 0}

with DAG(
    dag_id='moved_paths',
    default_args=DEFAULT_ARGS,
    start_date=days_ago(1, hour=6),
    schedule_interval='@daily',
    concurrency=2,
) as dag:
    bucket = S3CreateBucketOperator(task_id='bucket', bucket_name='moved-{{ ds_nodash }}')
    wait = S3PrefixSensor(task_id='wait', bucket_name='incoming', prefix='a/{{ ds }}')
    create = EmrCreateJobFlowOperator(task_id='create', job_flow_overrides={'Name': 'x', 'ReleaseLabel': 'emr-5.36.0'})
    add = EmrAddStepsOperator(task_id='add', job_flow_id=create.output, steps=[])
    watch = EmrStepSensor(task_id='watch', job_flow_id=create.output, step_id="{{ ti.xcom_pull('add')[0] }}")
    stop = EmrTerminateJobFlowOperator(task_id='stop', job_flow_id=create.output, trigger_rule='all_done')
    end = DummyOperator(task_id='end')
    [bucket, wait] >> create >> add >> watch >> stop >> end
