from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.utils.task_group import TaskGroup

with DAG(
    "medallion",
    start_date=datetime(2025, 1, 1),
    schedule="0 2 * * *",
    catchup=False,
    default_args={"owner": "lake", "database": "lake", "output_location": "s3://lake-results/"},
) as dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end")

    with TaskGroup("bronze", tooltip="raw to bronze") as bronze:
        copies = [GlueJobOperator(task_id=f"copy_{s}", job_name=f"copy-{s}") for s in ("crm", "erp")]
        with TaskGroup(group_id="checks") as checks:
            counts = AthenaOperator(task_id="counts", query="SELECT count(*) FROM bronze")
            nulls = AthenaOperator(task_id="nulls", query="SELECT count(*) FROM bronze WHERE id IS NULL")
        copies >> checks

    with TaskGroup("silver") as silver:
        clean = GlueJobOperator(task_id="clean", job_name="clean")
        join = GlueJobOperator(task_id="join", job_name="join")
        clean >> join

    with TaskGroup("gold") as gold:
        for mart in ("sales", "service"):
            with TaskGroup(mart):
                build = GlueJobOperator(task_id="build", job_name=f"build-{mart}")
                test = AthenaOperator(task_id="test", query=f"SELECT * FROM gold.{mart}_violations")
                build >> test

    with TaskGroup("later") as later:
        pass

    start >> bronze >> silver >> gold >> end
    silver >> later >> end
    nulls >> join
    [bronze, silver] >> EmptyOperator(task_id="cleaned", trigger_rule="all_done")
