import copy
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sagemaker import (
    SageMakerDeleteModelOperator,
    SageMakerEndpointConfigOperator,
    SageMakerStartPipelineOperator,
    SageMakerTuningOperator,
)
from airflow.providers.amazon.aws.sensors.sagemaker import SageMakerPipelineSensor, SageMakerTuningSensor

BASE = {
    "HyperParameterTuningJobName": "forecast-{{ ts_nodash }}"[:40],
    "HyperParameterTuningJobConfig": {
        "Strategy": "Bayesian",
        "HyperParameterTuningJobObjective": {"MetricName": "validation:rmse", "Type": "Minimize"},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 4},
        "ParameterRanges": {"IntegerParameterRanges": [], "ContinuousParameterRanges": [], "CategoricalParameterRanges": []},
    },
    "TrainingJobDefinition": {"StaticHyperParameters": {"num_round": "200"}},
}

config = copy.deepcopy(BASE)
ranges = config["HyperParameterTuningJobConfig"]["ParameterRanges"]
ranges["IntegerParameterRanges"].append({"Name": "max_depth", "MinValue": "3", "MaxValue": "9", "ScalingType": "Auto"})
ranges["ContinuousParameterRanges"].extend(
    {"Name": name, "MinValue": f"{low}", "MaxValue": f"{high:.1f}"} for name, low, high in [("eta", 0.05, 0.5), ("gamma", 0, 5)]
)
config["TrainingJobDefinition"].update(
    AlgorithmSpecification={"TrainingImage": "xgboost:1.7-1", "TrainingInputMode": "Pipe"},
    ResourceConfig={"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 10},
)

with DAG(
    "demand_forecast", start_date=datetime(2025, 11, 3), schedule="0 3 * * 1", catchup=False, tags=["ml"]
) as dag:
    tune = SageMakerTuningOperator(task_id="tune", config=config, wait_for_completion=False)
    tuned = SageMakerTuningSensor(task_id="tuned", job_name=config["HyperParameterTuningJobName"], poke_interval=300)

    pipeline = SageMakerStartPipelineOperator(
        task_id="pipeline",
        pipeline_name="forecast-train",
        pipeline_params={"Week": "{{ ds }}", "Epochs": "12"},
        wait_for_completion=False,
    )
    pipeline_done = SageMakerPipelineSensor(task_id="pipeline_done", pipeline_exec_arn=pipeline.output, verbose=False)

    endpoint_config = SageMakerEndpointConfigOperator(
        task_id="endpoint_config",
        config={
            "EndpointConfigName": "forecast-{{ ds_nodash }}",
            "ProductionVariants": [{"VariantName": "main", "ModelName": "forecast", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}],
        },
    )
    forget = SageMakerDeleteModelOperator(task_id="forget", config={"ModelName": "forecast-{{ macros.ds_add(ds, -14) }}"})

    tune >> tuned >> pipeline >> pipeline_done >> endpoint_config >> forget
