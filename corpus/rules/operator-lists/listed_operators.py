from datetime import datetime

from airflow.providers.amazon.aws.operators.bedrock import BedrockBatchInferenceOperator
from airflow.providers.amazon.aws.operators.mwaa import MwaaTriggerDagRunOperator
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator
from airflow.providers.amazon.aws.operators.sagemaker_unified_studio import SageMakerNotebookOperator
from airflow.providers.amazon.aws.transfers.http_to_s3 import HttpToS3Operator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG


def single(dag_id, operator, **kwargs):
    with DAG(dag_id, start_date=datetime(2027, 1, 1), schedule="@daily"):
        operator(task_id="only", **kwargs)


single("op_in_guide", S3ListOperator, bucket="b")
single("op_empty", EmptyOperator)
single(
    "op_batch_inference",
    BedrockBatchInferenceOperator,
    job_name="j",
    role_arn="arn:aws:iam::123456789012:role/r",
    model_id="m",
    input_uri="s3://in/",
    output_uri="s3://out/",
)
single("op_http_to_s3", HttpToS3Operator, endpoint="/x", s3_bucket="b", s3_key="k")
single("op_notebook", SageMakerNotebookOperator, input_config={"input_path": "src/n.ipynb", "input_params": {}})
single("op_trigger", MwaaTriggerDagRunOperator, env_name="env", trigger_dag_id="other")
