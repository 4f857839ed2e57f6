from datetime import datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator

with DAG(
    "backfill_params",
    start_date=datetime(2025, 1, 1),
    schedule=None,
    params={
        "table": Param("orders", type="string", enum=["orders", "users"], title="Table", description="What to *load*"),
        "days": Param(7, type="integer", minimum=1, maximum=31),
        "full": False,
        "tags": ["a", "b"],
        "until": Param(None, type=["null", "string"], format="date"),
        "limits": {"rows": 10, "bytes": None},
    },
    render_template_as_native_obj=True,
) as dag:
    run = AthenaOperator(
        task_id="run",
        query="""
            {% if params.full %}DELETE FROM {{ params.table }};{% endif %}
            INSERT INTO {{ params.table }}
            SELECT * FROM raw.{{ params.table }}
             WHERE dt > '{{ macros.ds_add(ds, -1 * params.days) }}' LIMIT {{ params.limits.rows }}
        """,
        database="core",
        output_location="s3://athena-results/",
        params={"days": 3},
    )
    pack = BatchOperator(
        task_id="pack",
        job_name="pack",
        job_queue="q",
        job_definition="d",
        container_overrides={"command": ["pack", "{{ params.tags[0] }}", "{{ params['until'] or 'now' }}"]},
    )
    run >> pack
