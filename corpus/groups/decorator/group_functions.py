import pendulum

from airflow.decorators import dag, task_group
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator
from airflow.providers.amazon.aws.sensors.emr import EmrStepSensor


@task_group(default_args={"retries": 2})
def run_step(script: str, cluster: str = "j-1K48XXXXXXHCB"):
    """Adds a step and waits for it."""
    add = EmrAddStepsOperator(
        task_id="add",
        job_flow_id=cluster,
        steps=[{"Name": script, "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", script]}}],
    )
    EmrStepSensor(task_id="wait", job_flow_id=cluster, step_id="{{ ti.xcom_pull(task_ids='%s')[0] }}" % add.task_id)


@dag(schedule="@daily", start_date=pendulum.datetime(2025, 1, 1, tz="UTC"), catchup=False, tags=["emr"])
def group_functions():
    begin = EmptyOperator(task_id="begin")
    one = run_step("s3://jobs/one.py")
    two = run_step("s3://jobs/two.py", cluster="j-2AXXXXXXGAPLF")
    named = run_step.override(group_id="special")("s3://jobs/three.py")
    begin >> one >> [two, named]


group_functions()
