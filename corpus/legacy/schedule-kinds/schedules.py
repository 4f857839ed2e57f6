from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator

START = datetime(2025, 1, 6, 6, 30)


def one(dag_id, **kwargs):
    with DAG(dag_id, start_date=START, **kwargs) as dag:
        EmptyOperator(task_id='only')
    return dag


one('s_cron', schedule_interval='30 6 * * 1', catchup=False)
one('s_preset', schedule_interval='@weekly', catchup=False)
one('s_delta_day', schedule_interval=timedelta(days=1), catchup=False)
one('s_delta_week', schedule_interval=timedelta(weeks=1), catchup=False)
one('s_delta_odd', schedule_interval=timedelta(hours=7), catchup=False)
one('s_delta_catchup', schedule_interval=timedelta(days=1), catchup=True)
one('s_none', schedule_interval=None)
one('s_left_out')
one('s_quarterly', schedule_interval='@quarterly', catchup=False)
one('s_continuous', schedule_interval='@continuous', max_active_runs=1, catchup=False)
