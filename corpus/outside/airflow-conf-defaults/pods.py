"""Pods as the Kubernetes executor would make them."""

from airflow.configuration import conf
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import DAG

with DAG("pods", schedule=None):
    KubernetesPodOperator(
        task_id="load",
        image="acme/load:1.4",
        namespace=conf.get("kubernetes_executor", "NAMESPACE"),
        in_cluster=conf.getboolean("kubernetes_executor", "in_cluster"),
        labels={
            "queue": conf.get("operators", "default_queue", fallback="ours"),
            "team": conf.get("acme", "team", fallback="data"),
        },
    )

with DAG("executors", schedule=None):
    KubernetesPodOperator(task_id="load", image="acme/load:1.4", env_vars={"EXECUTOR": conf.get("core", "executor")})

with DAG("namespaces", schedule=None):
    KubernetesPodOperator(
        task_id="load",
        image="acme/load:1.4",
        namespace=conf.get("kubernetes_executor", "namespace", fallback="ours"),
    )
