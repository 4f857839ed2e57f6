# Airflow: V1EnvVar(...) and logging calls inside the block make no tasks.
# A converter that refuses at every call it has no source for loses each file that uses the pod operator.
import logging
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from kubernetes.client import models as k8s

with DAG("pod_report", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    resources = k8s.V1ResourceRequirements(requests={"cpu": "500m", "memory": "1Gi"})
    logging.getLogger(__name__).debug("resources: %s", resources)
    report = KubernetesPodOperator(
        task_id="report",
        name="report",
        image="registry.example/report:1.4",
        env_vars=[k8s.V1EnvVar(name="DAY", value="{{ ds }}")],
        container_resources=resources,
    )
    report >> SnsPublishOperator(
        task_id="tell", target_arn="arn:aws:sns:eu-west-1:123456789012:report", message="report of {{ ds }}"
    )
