from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator

with DAG(
    "rendered", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False, params={"day": "x", "n": 3}
) as dag:
    first = LambdaInvokeFunctionOperator(
        task_id="first",
        function_name="f",
        payload='{"ds": "{{ ds }}", "nd": "{{ ds_nodash }}", "ts": "{{ ts }}", "tsn": "{{ ts_nodash }}"}',
    )
    ask = AthenaOperator(
        task_id="ask",
        query="""
            {# a comment stays #}
            {% for i in range(params.n) %}
            SELECT '{{ macros.ds_add(ds, -7) }}', '{{ macros.ds_format(ds, "%Y-%m-%d", "%d.%m.%Y") }}', {{ i }};
            {%- endfor %}
            SELECT '{{ macros.uuid.uuid4() }}', {{ macros.random() }}, '{{ macros.datetime(2025, 1, 1) }}',
                   '{{ (macros.datetime.strptime(ds, "%Y-%m-%d") + macros.timedelta(days=1)).strftime("%A") }}',
                   '{{ macros.dateutil.parser.parse(ts) }}', {{ macros.time.time() }},
                   '{{ ti.task_id }}', '{{ task_instance.xcom_pull("first") }}', '{{ params["day"] | upper }}'
        """,
        database="core",
        output_location="s3://athena-results/{{ ti.xcom_pull(task_ids='first', key='return_value') }}/",
    )
    first >> ask
