"""Ephemeral EKS cluster for the load tests."""
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.providers.amazon.aws.hooks.eks import ClusterStates, NodegroupStates
from airflow.providers.amazon.aws.operators.eks import (
    EksCreateClusterOperator,
    EksCreateNodegroupOperator,
    EksDeleteClusterOperator,
    EksDeleteNodegroupOperator,
)
from airflow.providers.amazon.aws.sensors.eks import EksClusterStateSensor, EksNodegroupStateSensor
from airflow.utils.trigger_rule import TriggerRule

CLUSTER = "loadtest"
NODEGROUP = f"{CLUSTER}-ng"

with DAG(
    dag_id="ephemeral_eks",
    schedule="@once",
    start_date=datetime(2026, 1, 1),
    tags=["eks"],
    catchup=False,
) as dag:
    create_cluster = EksCreateClusterOperator(
        task_id="create_cluster",
        cluster_name=CLUSTER,
        cluster_role_arn="arn:aws:iam::123456789012:role/eks-cluster",
        resources_vpc_config={"subnetIds": ["subnet-12345ab", "subnet-67890cd"], "endpointPublicAccess": False},
        compute=None,
        create_cluster_kwargs={"version": "1.30"},
    )
    cluster_active = EksClusterStateSensor(
        task_id="cluster_active", cluster_name=CLUSTER, target_state=ClusterStates.ACTIVE
    )
    create_nodegroup = EksCreateNodegroupOperator(
        task_id="create_nodegroup",
        cluster_name=CLUSTER,
        nodegroup_name=NODEGROUP,
        nodegroup_subnets=["subnet-12345ab", "subnet-67890cd"],
        nodegroup_role_arn="arn:aws:iam::123456789012:role/eks-node",
        create_nodegroup_kwargs={"scalingConfig": {"minSize": 0, "maxSize": 6, "desiredSize": 3}},
    )
    nodegroup_active = EksNodegroupStateSensor(
        task_id="nodegroup_active",
        cluster_name=CLUSTER,
        nodegroup_name=NODEGROUP,
        target_state=NodegroupStates.ACTIVE,
    )
    delete_nodegroup = EksDeleteNodegroupOperator(
        task_id="delete_nodegroup",
        trigger_rule=TriggerRule.ALL_DONE,
        cluster_name=CLUSTER,
        nodegroup_name=NODEGROUP,
    )
    nodegroup_gone = EksNodegroupStateSensor(
        task_id="nodegroup_gone",
        trigger_rule=TriggerRule.ALL_DONE,
        cluster_name=CLUSTER,
        nodegroup_name=NODEGROUP,
        target_state=NodegroupStates.NONEXISTENT,
        poke_interval=10,
    )
    delete_cluster = EksDeleteClusterOperator(
        task_id="delete_cluster", trigger_rule=TriggerRule.ALL_DONE, cluster_name=CLUSTER, force_delete_compute=False
    )

    chain(
        create_cluster,
        cluster_active,
        create_nodegroup,
        nodegroup_active,
        delete_nodegroup,
        nodegroup_gone,
        delete_cluster,
    )
