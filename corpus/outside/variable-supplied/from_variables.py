from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.emr import EmrCreateJobFlowOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

bucket = Variable.get("lake_bucket", default_var="acme-lake-dev")
emr = Variable.get("emr", deserialize_json=True)

with DAG("from_variables", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    create = EmrCreateJobFlowOperator(
        task_id="create",
        job_flow_overrides={
            "Name": f"{bucket}-job",
            "ReleaseLabel": emr["release"],
            "Instances": {"InstanceGroups": [{"InstanceRole": "CORE", "InstanceCount": emr.get("core", 1)}]},
        },
    )
    for table in Variable.get("tables", deserialize_json=True):
        S3ListOperator(task_id=f"ls_{table}", bucket=bucket, prefix=table + "/") >> create
