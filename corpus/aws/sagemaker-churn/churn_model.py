"""Weekly retraining of the churn model, then batch scoring of all customers."""
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.operators.sagemaker import (
    SageMakerEndpointOperator,
    SageMakerModelOperator,
    SageMakerProcessingOperator,
    SageMakerTrainingOperator,
    SageMakerTransformOperator,
)

ROLE = "arn:aws:iam::123456789012:role/service-role/SageMaker-churn"
BUCKET = "churn-ml"
STAMP = "{{ ts_nodash }}"
XGB = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"

processing_config = {
    "ProcessingJobName": f"churn-prep-{STAMP}",
    "RoleArn": ROLE,
    "ProcessingInputs": [
        {
            "InputName": "raw",
            "AppManaged": False,
            "S3Input": {
                "S3Uri": f"s3://{BUCKET}/raw/",
                "LocalPath": "/opt/ml/processing/input",
                "S3DataType": "S3Prefix",
                "S3InputMode": "File",
            },
        }
    ],
    "ProcessingOutputConfig": {
        "Outputs": [
            {
                "OutputName": "train",
                "S3Output": {
                    "S3Uri": f"s3://{BUCKET}/train/",
                    "LocalPath": "/opt/ml/processing/output",
                    "S3UploadMode": "EndOfJob",
                },
            }
        ]
    },
    "ProcessingResources": {
        "ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.2xlarge", "VolumeSizeInGB": 50}
    },
    "AppSpecification": {"ImageUri": XGB, "ContainerEntrypoint": ["python3", "/opt/churn/prep.py"]},
}

training_config = {
    "TrainingJobName": f"churn-train-{STAMP}",
    "AlgorithmSpecification": {"TrainingImage": XGB, "TrainingInputMode": "File"},
    "HyperParameters": {"max_depth": "6", "eta": "0.2", "objective": "binary:logistic", "num_round": "120"},
    "InputDataConfig": [
        {
            "ChannelName": "train",
            "ContentType": "text/csv",
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/train/"}},
        }
    ],
    "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/models/"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.c5.4xlarge", "VolumeSizeInGB": 30},
    "RoleArn": ROLE,
    "StoppingCondition": {"MaxRuntimeInSeconds": 60 * 60},
}

model_config = {
    "ModelName": f"churn-{STAMP}",
    "PrimaryContainer": {
        "Image": XGB,
        "ModelDataUrl": "{{ ti.xcom_pull(task_ids='train')['Training']['ModelArtifacts']['S3ModelArtifacts'] }}",
    },
    "ExecutionRoleArn": ROLE,
}

transform_config = {
    "TransformJobName": f"churn-score-{STAMP}",
    "ModelName": model_config["ModelName"],
    "TransformInput": {
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/customers/"}},
        "SplitType": "Line",
        "ContentType": "text/csv",
    },
    "TransformOutput": {"S3OutputPath": f"s3://{BUCKET}/scores/dt={{{{ ds }}}}/"},
    "TransformResources": {"InstanceCount": 2, "InstanceType": "ml.m5.large"},
}

endpoint_config = {
    "EndpointConfigName": f"churn-{STAMP}",
    "ProductionVariants": [
        {
            "VariantName": "AllTraffic",
            "ModelName": model_config["ModelName"],
            "InitialInstanceCount": 1,
            "InstanceType": "ml.t2.medium",
        }
    ],
}

with DAG(
    dag_id="churn_model",
    schedule="0 1 * * SUN",
    start_date=datetime(2025, 7, 6),
    catchup=False,
    tags=["ml", "sagemaker"],
    default_args={"owner": "ml-crm", "retries": 0},
) as dag:
    prep = SageMakerProcessingOperator(task_id="prep", config=processing_config, check_interval=20)
    train = SageMakerTrainingOperator(
        task_id="train", config=training_config, print_log=False, check_interval=30, max_ingestion_time=None
    )
    model = SageMakerModelOperator(task_id="model", config=model_config)
    score = SageMakerTransformOperator(task_id="score", config=transform_config, wait_for_completion=True)
    deploy = SageMakerEndpointOperator(
        task_id="deploy",
        operation="update",
        config={
            "EndpointConfig": endpoint_config,
            "Endpoint": {"EndpointName": "churn", "EndpointConfigName": endpoint_config["EndpointConfigName"]},
        },
        wait_for_completion=False,
    )
    chain(prep, train, model, [score, deploy])
