import textwrap
from datetime import datetime
from textwrap import dedent

from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

DOC = dedent(
    """
    #### Lineage

    | column | from |
    |--------|------|
    | `id`   | raw  |

        indented code: $HOME, 100%
    """
)

BODY = """
SELECT id,
\tregexp_extract(url, '^https?://([^/]+)', 1) AS host
  FROM raw.hits
"""

with DAG(
    "lineage_sql",
    doc_md=DOC,
    description="one line "
    "of several "
    'pieces "quoted" and ' + "joined",
    start_date=datetime(2025, 1, 1),
    schedule="0 2 * * *",
    catchup=False,
) as dag:
    regex = r"^\d{4}-\d{2}\\n$"
    first = AthenaOperator(
        task_id="first",
        query=dedent("""\
            WITH h AS (
            {body}
            )
            SELECT * FROM h WHERE regexp_like(dt, '{regex}') \
            AND dt = '{{{{ ds }}}}'
            """).format(body=textwrap.indent(BODY.strip(), " " * 4), regex=regex),
        database="raw",
        output_location="s3://lineage/",
    )
    first.doc_md = "Reads the hits.\n\nTwice, on Mondays: no."
    second = AthenaOperator(
        task_id="second", query="SELECT 'it''s', \"x\" -- \u00fc\n", database="raw", output_location="s3://lineage/"
    )
    first >> second
