from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.sns_publish_operator import SnsPublishOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

args = {'owner': 'bi', 'start_date': datetime(2025, 1, 1), 'retries': 0}
dag = DAG(dag_id='old_edges', default_args=args, schedule_interval=None)

start = DummyOperator(task_id='start', dag=dag)
loads = []
for i in range(3):
    t = AthenaOperator(
        task_id='load_%d' % i,
        query='INSERT INTO t%d SELECT * FROM raw.t%d' % (i, i),
        database='core',
        output_location='s3://athena-results/',
        dag=dag,
    )
    t.set_upstream(start)
    loads.append(t)
join = DummyOperator(task_id='join', trigger_rule='none_failed_or_skipped', dag=dag)
join.set_upstream(loads)
join << loads
tell = SnsPublishOperator(task_id='tell', target_arn='arn:aws:sns:eu-west-1:123456789012:bi', message='done', dag=dag)
end = DummyOperator(task_id='end', dag=dag)
join.set_downstream([tell, end])
end << tell
