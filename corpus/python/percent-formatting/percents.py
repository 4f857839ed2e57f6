from datetime import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator

SCHEMA = 'mart'
OPTS = {'schema': SCHEMA, 'days': 35, 'share': 12.5}

COPY = """
COPY %(schema)s.events
FROM 's3://mart-in/{{ macros.ds_format(ds, '%%Y-%%m-%%d', '%%Y/%%m/%%d') }}/'
REGION '%(region)s' MAXERROR %(days)d
-- %(share).1f%% of the day, padded [%(days)5d] [%(days)-5d] [%(days)05d]
""" % dict(OPTS, region='eu-west-1')

dag = DAG(
    'percents_%s' % SCHEMA,
    start_date=datetime(2025, 1, 1),
    schedule='%d %d * * *' % (5, 4),
    catchup=False,
    description='%s: %r keeps %i days (%c)' % (SCHEMA, 'quoted', 35, 'x'),
)

for i, view in enumerate(['a', 'b']):
    RedshiftDataOperator(
        task_id='refresh_%02d_%s' % (i, view),
        sql='REFRESH MATERIALIZED VIEW %s.%s' % (SCHEMA, view),
        database='dwh',
        cluster_identifier='dwh',
        db_user='etl',
        dag=dag,
    )

copy = RedshiftDataOperator(
    task_id='copy', sql=COPY, database='dwh', cluster_identifier='dwh', db_user='etl', dag=dag
)
