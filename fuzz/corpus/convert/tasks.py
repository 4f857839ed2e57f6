from datetime import datetime, timedelta
from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.utils.task_group import TaskGroup
with DAG("sales", start_date=datetime(2030, 1, 1), schedule="0 6 * * *", catchup=False,
         default_args={"retries": 2, "retry_delay": timedelta(minutes=5)}, tags=["a"]) as dag:
    a = AthenaOperator(task_id="a", database="d", query="select '{{ ds }}'", output_location="s3://b/")
    with TaskGroup("g") as g:
        for n in ["x", "y"]:
            BashOperator(task_id=f"run_{n}", bash_command="echo $HOME " + Variable.get("given"))
    a >> g >> AthenaOperator(task_id="z", database="d", query="1", output_location="s3://b/", trigger_rule="all_done")
