from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.sdk import Asset


def hook(context, *_):
    print(context)


with DAG("every_parameter", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    first = LambdaInvokeFunctionOperator(task_id="first", function_name="first")
    every = LambdaInvokeFunctionOperator(
        task_id="every",
        function_name="every",
        owner="web",
        email=["web@example.com"],
        email_on_retry=False,
        email_on_failure=False,
        retries=2,
        retry_delay=timedelta(seconds=90),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(minutes=4),
        execution_timeout=timedelta(minutes=30),
        start_date=datetime(2025, 2, 1),
        end_date=datetime(2027, 2, 1),
        depends_on_past=True,
        ignore_first_depends_on_past=False,
        wait_for_past_depends_before_skipping=True,
        wait_for_downstream=True,
        priority_weight=7,
        weight_rule="upstream",
        queue="heavy",
        pool="lambda",
        pool_slots=2,
        trigger_rule="all_done",
        resources={"cpus": 2},
        run_as_user="airflow",
        executor="LocalExecutor",
        executor_config={"KubernetesExecutor": {"image": "x"}},
        max_active_tis_per_dag=3,
        max_active_tis_per_dagrun=1,
        do_xcom_push=False,
        multiple_outputs=False,
        inlets=[Asset("s3://a")],
        outlets=[Asset("s3://b")],
        task_display_name="Every parameter",
        logger_name="every",
        allow_nested_operators=False,
        map_index_template="{{ ti.map_index }}",
        doc_md="**doc**",
        on_execute_callback=hook,
        on_failure_callback=hook,
        on_success_callback=[hook],
        on_retry_callback=hook,
        on_skipped_callback=hook,
        pre_execute=hook,
        post_execute=hook,
    )
    first >> every
