from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator


def note(context):
    print(context["dag_run"])


with DAG(
    dag_id="ignored_by_service",
    description="All that is ignored at the DAG level",
    schedule="0 3 * * *",
    start_date=datetime(2025, 1, 1),
    end_date=datetime(2027, 1, 1),
    catchup=True,
    tags=["a", "b"],
    doc_md="# doc",
    dag_display_name="Ignored by the service",
    template_searchpath=["/usr/local/airflow/include"],
    user_defined_macros={"answer": 42},
    user_defined_filters={"shout": str.upper},
    jinja_environment_kwargs={"keep_trailing_newline": True},
    render_template_as_native_obj=True,
    owner_links={"web": "https://web.example"},
    fail_fast=True,
    max_active_runs=3,
    max_active_tasks=5,
    max_consecutive_failed_dag_runs=2,
    dagrun_timeout=timedelta(hours=2),
    on_failure_callback=note,
    on_success_callback=note,
    is_paused_upon_creation=True,
    params={"x": 1},
) as dag:
    LambdaInvokeFunctionOperator(task_id="run", function_name="run", payload='{"x": {{ params.x }}}')
