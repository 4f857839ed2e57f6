from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrCreateJobFlowOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

with DAG("var_templates", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    ls = S3ListOperator(task_id="ls", bucket="{{ var.value.lake_bucket }}", prefix="{{var.value.get('prefix', 'in')}}/")
    ls2 = S3ListOperator(task_id="ls2", bucket="{{ var.value.other_bucket }}", prefix="{{ var.value.lake_bucket | upper }}")
    create = EmrCreateJobFlowOperator(
        task_id="create",
        job_flow_overrides={
            "Name": "j-{{ var.json.emr.tags.team }}",
            "Instances": {"Ec2SubnetId": "{{ var.json.emr.subnet }}"},
            "LogUri": "{{ conn.my_s3.host }}",
        },
    )
    [ls, ls2] >> create
