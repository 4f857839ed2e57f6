"""Templates of all kinds of literals."""
from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator

BUCKET = "lake"
CONSTANT = "SELECT '{{ run_id }}'"


def shout(text):
    return text.upper()


with DAG(
    "placed",
    start_date=datetime(2027, 1, 1),
    schedule="@daily",
    catchup=False,
    user_defined_macros={"team": "core"},
    user_defined_filters={"shout": shout},
) as dag:
    lines = AthenaOperator(
        task_id="lines",
        query="""
            SELECT *
            FROM t\
able
            WHERE day = '{{ logical_date }}' AND \
run = '{{ dag_run.run_id }}' {# {{ run_id }} stays #}
            {% raw %}{{ run_id }}{% endraw %}
        """,
        database="\tt\u00e4g\x20{{ prev_ds }}",
        output_location=f"s3://{BUCKET}/{{{{ dag.dag_id }}}}/" "x/{{ task.task_id }}",
    )
    constant = AthenaOperator(task_id="constant", query=CONSTANT, database="a" + "{{ dag_run.conf['db'] }}")
    own = AthenaOperator(
        task_id="own",
        query="SELECT '{{ team | shout }}' {% if ds is weekend %}, 1{% endif %}",
        database=r"\d{{ conn.athena.schema }}",
        catalog="{{ var.value.get('catalog', 'AwsDataCatalog') }}",
    )
    nested = BatchOperator(
        task_id="nested",
        job_name="{{ macros.ds_add(ds, 1) }}",
        job_queue="q",
        job_definition="d",
        container_overrides={
            "command": ["run", "{{ data_interval_end }}", "{{ ds }}"],
            "environment": [{"name": "{{ run_id }}", "value": "{{ ts_nodash_with_tz }}"}],
        },
    )
    files = AthenaOperator(task_id="files", query="queries/daily.sql", database="{% include 'name.txt' %}")
    steps = EmrAddStepsOperator(
        task_id="steps",
        job_flow_id="j",
        steps=[{"Name": "{{ ds }} {{ triggering_asset_events }}", "HadoopJarStep": {"Jar": "x.json"}}],
    )
