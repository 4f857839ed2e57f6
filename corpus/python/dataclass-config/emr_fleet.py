from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import NamedTuple

from airflow import DAG
from airflow.providers.amazon.aws.operators.emr import EmrCreateJobFlowOperator, EmrTerminateJobFlowOperator


class Node(NamedTuple):
    role: str
    instance_type: str
    count: int = 1


@dataclass(frozen=True)
class Network:
    subnet: str
    security_group: str = "sg-0aaa0bbb0ccc0ddd0"


@dataclass
class Cluster:
    name: str
    network: Network
    nodes: list[Node] = field(default_factory=list)
    release: str = "emr-7.1.0"
    tags: dict[str, str] = field(default_factory=dict)
    log_uri: str = field(init=False)

    def __post_init__(self) -> None:
        self.log_uri = f"s3://emr-logs/{self.name}/"
        self.tags.setdefault("managed-by", "airflow")

    def overrides(self) -> dict:
        return {
            "Name": self.name,
            "ReleaseLabel": self.release,
            "LogUri": self.log_uri,
            "Instances": {
                "InstanceGroups": [
                    {"InstanceRole": n.role.upper(), "InstanceType": n.instance_type, "InstanceCount": n.count}
                    for n in self.nodes
                ],
                "Ec2SubnetId": self.network.subnet,
            },
            "Tags": [{"Key": k, "Value": v} for k, v in sorted(self.tags.items())],
            "BootstrapActions": [{"Name": "net", "ScriptBootstrapAction": {"Path": "s3://b/net.sh", "Args": [*asdict(self.network).values()]}}],
        }


small = Cluster("small", Network("subnet-1111"), [Node("master", "m5.large")])
large = Cluster(
    "large",
    Network(subnet="subnet-2222", security_group="sg-1"),
    nodes=[Node("master", "m5.xlarge"), Node(role="core", instance_type="r5.4xlarge", count=8)],
    tags={"cost": "ml"},
)

with DAG("emr_fleet", start_date=datetime(2025, 6, 1), schedule="0 0 * * *", catchup=False) as dag:
    for cluster in (small, large):
        up = EmrCreateJobFlowOperator(task_id=f"up_{cluster.name}", job_flow_overrides=cluster.overrides())
        down = EmrTerminateJobFlowOperator(
            task_id=f"down_{cluster.name}", job_flow_id=up.output, trigger_rule="all_done"
        )
        up >> down
