from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.eks import EksCreateClusterOperator
from airflow.providers.amazon.aws.sensors.emr import EmrServerlessJobSensor

with DAG("exact", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    cluster = EksCreateClusterOperator(
        task_id="cluster",
        cluster_name="c",
        cluster_role_arn="arn:aws:iam::123456789012:role/eks",
        resources_vpc_config={"subnetIds": ["subnet-1", "subnet-2"], "endpointPublicAccess": True},
        compute=None,
    )
    job = EmrServerlessJobSensor(
        task_id="job", application_id="a", job_run_id="j", target_states={"SUCCESS", "CANCELLED"}
    )
    other = EmrServerlessJobSensor(
        task_id="other", application_id="a", job_run_id="j", target_states=frozenset({"SUCCESS"})
    )
    cluster >> job >> other
