from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.providers.amazon.aws.sensors.ecs import EcsClusterStateSensor

TENANTS = [
    ("acme", 1024, 2048),
    ("globex", 2048, 4096),
    ("initech", 512, 1024),
]

NETWORK = {
    "awsvpcConfiguration": {
        "subnets": ["subnet-0aa11bb22cc33dd44", "subnet-055aa66bb77cc88dd"],
        "securityGroups": ["sg-0123456789abcdef0"],
        "assignPublicIp": "DISABLED",
    }
}


def env(**kv):
    """ECS wants a list of name/value pairs."""
    return [{"name": k.upper(), "value": str(v)} for k, v in kv.items()]


with DAG(
    dag_id="tenant_exports",
    schedule="20 1 * * *",
    start_date=datetime(2025, 10, 1),
    catchup=False,
    default_args={"owner": "platform", "retries": 2, "retry_delay": timedelta(minutes=1)},
) as dag:
    cluster_ok = EcsClusterStateSensor(task_id="cluster_ok", cluster_name="exports", poke_interval=30)

    previous = cluster_ok
    for i, (tenant, cpu, memory) in enumerate(TENANTS):
        export = EcsRunTaskOperator(
            task_id=f"export_{i:02d}_{tenant}",
            cluster="exports",
            task_definition="tenant-export:42",
            launch_type="FARGATE",
            platform_version="1.4.0",
            overrides={
                "cpu": str(cpu),
                "memory": str(memory),
                "containerOverrides": [
                    {
                        "name": "export",
                        "command": ["export", "--tenant", tenant, "--day", "{{ ds }}"],
                        "environment": env(tenant=tenant, log_level="info", batch=cpu * 2),
                    }
                ],
            },
            network_configuration=NETWORK,
            awslogs_group="/ecs/tenant-export",
            awslogs_region="eu-west-1",
            awslogs_stream_prefix=f"ecs/export-{tenant}",
            tags={"tenant": tenant},
            reattach=True,
            number_logs_exception=25,
        )
        previous >> export
        previous = export
