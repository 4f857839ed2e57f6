# Airflow: the deleted name is not there when the file ends, and the DAG() inside the call never had one; their tasks do not run.
# A naive converter writes the DAGs because tasks point to them.
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

TOPIC = "arn:aws:sns:eu-west-1:123456789012:t"
ARGS = {"start_date": datetime(2025, 1, 1), "schedule": "@daily", "catchup": False}

nameless = SnsPublishOperator(task_id="tell", target_arn=TOPIC, message="x", dag=DAG("nameless", **ARGS))

deleted = DAG("deleted", **ARGS)
SnsPublishOperator(task_id="tell", target_arn=TOPIC, message="y", dag=deleted)
del deleted

survivor = DAG("survivor", **ARGS)
SnsPublishOperator(task_id="tell", target_arn=TOPIC, message="z", dag=survivor)
