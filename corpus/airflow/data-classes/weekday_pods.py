"""Objects that only hold data, as arguments."""

from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.hooks.ecs import EcsTaskStates
from airflow.providers.amazon.aws.sensors.ecs import EcsTaskStateSensor
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.weekday import BranchDayOfWeekOperator
from airflow.providers.standard.utils.weekday import WeekDay
from kubernetes.client import models as k8s

WORKDAYS = {day for day in WeekDay if day not in (WeekDay.SATURDAY, WeekDay.SUNDAY)}
MEMORY = {"small": "512Mi", "large": "4Gi"}


def pod_volume(name: str) -> k8s.V1Volume:
    return k8s.V1Volume(name=name, empty_dir=k8s.V1EmptyDirVolumeSource(medium="Memory"))


with DAG("weekday_pods", start_date=datetime(2025, 1, 1), schedule=None) as dag:
    branch = BranchDayOfWeekOperator(
        task_id="branch",
        follow_task_ids_if_true="large",
        follow_task_ids_if_false="idle",
        week_day=WeekDay.MONDAY,
        use_task_logical_date=True,
    )
    volume = pod_volume("scratch")
    for size, memory in MEMORY.items():
        branch >> KubernetesPodOperator(
            task_id=size,
            name=f"report-{size}",
            image="registry.example.com/report:1",
            volumes=[volume],
            volume_mounts=[k8s.V1VolumeMount(name=volume.name, mount_path="/scratch")],
            container_resources=k8s.V1ResourceRequirements(limits={"memory": memory}),
        )
    idle = EmptyOperator(task_id="idle", doc=f"not on {len(WORKDAYS)} days; monday is {WeekDay['MONDAY'].value}")
    branch >> idle
    EcsTaskStateSensor(
        task_id="wait",
        cluster="reports",
        task="{{ var.value.task }}",
        target_state=EcsTaskStates.RUNNING,
        botocore_config=dict(read_timeout=900),
    )
    idle >> EmptyOperator(task_id="end", params={"wait": {"min": 1}})
