# Dynamically generated DAGs, see the wiki page before adding a customer.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator

CUSTOMERS = {"acme": "0 1 * * *", "globex": "0 2 * * *", "umbrella": None}


def export_dag(customer, schedule):
    dag = DAG(f"export_{customer}", schedule=schedule, start_date=datetime(2025, 1, 1), catchup=False)
    EcsRunTaskOperator(
        task_id="export",
        cluster="exports",
        task_definition="export",
        overrides={"containerOverrides": [{"name": "export", "command": ["--customer", customer]}]},
        dag=dag,
    )
    return dag


for name, cron in CUSTOMERS.items():
    dag_id = f"export_{name}"
    globals()[dag_id] = export_dag(name, cron)


def store(name):
    globals()["pilot_" + name] = export_dag("pilot_" + name, "@weekly")


[store(n) for n in ("initech", "hooli")]
locals()["late"] = export_dag("late", "@monthly")
