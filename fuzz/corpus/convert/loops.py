import os, json
from airflow.sdk import DAG, chain
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from datetime import datetime
CONF = {"one": {"cron": None, "n": 2}, "two": {"cron": "@hourly", "n": 1}}
for name, conf in CONF.items():
    with DAG(dag_id=f"job_{name}", schedule=conf["cron"], start_date=datetime(2030, 1, 1), max_active_runs=1) as dag:
        s = S3KeySensor(task_id="wait", bucket_key=os.environ["HERE"] + "/{{ ds }}/*", wildcard_match=True)
        jobs = [GlueJobOperator(task_id=f"job_{i}", job_name=name, script_args={"--day": "{{ ds }}", "--n": str(i)}) for i in range(conf["n"])]
        chain(s, *jobs)
    globals()[dag.dag_id] = dag
