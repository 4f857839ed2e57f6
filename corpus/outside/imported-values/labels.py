"""Labels images with a library that is installed beside Airflow."""

import acme.pipelines.images as images
from acme.limits import LIMITS, Window
from acme.settings import defaults
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG
from google.cloud import vision_v1
from kubernetes.client import models as k8s

FEATURES = [vision_v1.Feature.Type.LABEL_DETECTION, images.Kind.FACES]
WINDOW = Window(days=[1, 2, 3], limits={"upper": vision_v1.Likelihood.LIKELY})

with DAG("labels", schedule=None, on_failure_callback=images.alert):
    label = PythonOperator(
        task_id="label",
        python_callable=images.label,
        op_kwargs={"features": FEATURES, "window": WINDOW, "limits": LIMITS, "bucket": defaults.bucket},
        on_success_callback=images.done,
    )
    clean = BashOperator(
        task_id="clean",
        bash_command="rm -r /tmp/labels",
        executor_config={
            "pod_override": k8s.V1Pod(
                spec=k8s.V1PodSpec(priority=images.PRIORITY, containers=[k8s.V1Container(name="base")])
            )
        },
    )
    label >> clean
