from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator

with DAG("not_rendered", start_date=datetime(2027, 1, 1), schedule="@daily", catchup=False) as dag:
    ask = AthenaOperator(
        task_id="ask",
        query="SELECT '{{ logical_date }}', '{{ dag_run.conf.get(\"day\", ds) }}', '{{ run_id }}'",
        database="{{ var.value.database }}",
        output_location="s3://{{ conn.results.host }}/{{ dag.dag_id }}/{{ task.task_id }}/",
        client_request_token="{{ no_template_field }}",
    )
    batch = BatchOperator(
        task_id="batch",
        job_name="b",
        job_queue="q",
        job_definition="d",
        container_overrides={
            "command": ["run", "{{ data_interval_start | ds }}", {"deep": "{{ prev_ds }}"}],
            "environment": [{"name": "X", "value": "{% if dag_run.external_trigger %}y{% endif %}"}],
        },
    )
    tell = SnsPublishOperator(
        task_id="tell",
        target_arn="arn:aws:sns:eu-west-1:123456789012:t",
        message="ds is a word, {{ '{{' }} too, {{ conf.get('core', 'x') }} {{ macros.hive.max_partition('t') }}",
        subject="{{ next_ds }} {{ execution_date.strftime('%H') }} {{ inlets }} {{ ds | no_such_filter }}",
    )
    ask >> batch >> tell
