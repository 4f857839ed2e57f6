import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, Asset
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.utils.trigger_rule import TriggerRule


def run_steps():
    pass


with DAG(
    "steps",
    start_date=pendulum.today("UTC").add(days=-2),
    schedule=CronDataIntervalTimetable("0 4 * * *", timezone="UTC"),
    max_active_tasks=4,
):
    start = EmptyOperator(task_id="start", max_active_tis_per_dag=1)
    run = PythonOperator(task_id="run", python_callable=run_steps)
    store = BashOperator(task_id="store", bash_command="store", outlets=[Asset("s3://lake/steps")])
    end = EmptyOperator(task_id="end", trigger_rule="always")
    late = EmptyOperator(task_id="late", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    start >> run >> store >> [end, late]
