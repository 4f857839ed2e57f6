from datetime import timedelta

import pendulum

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.events import EventsTimetable
from airflow.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable, MultipleCronTriggerTimetable

START = pendulum.datetime(2025, 1, 1, tz="UTC")

with DAG("tt_trigger", start_date=START, schedule=CronTriggerTimetable("0 1 * * 3", timezone="UTC"), catchup=False):
    EmptyOperator(task_id="t")

with DAG(
    "tt_interval", start_date=START, schedule=CronDataIntervalTimetable("0 1 * * *", timezone="Europe/Rome"), catchup=False
):
    EmptyOperator(task_id="t")

with DAG("tt_delta", start_date=START, schedule=DeltaDataIntervalTimetable(timedelta(hours=3)), catchup=False):
    EmptyOperator(task_id="t")

with DAG(
    "tt_multiple",
    start_date=START,
    schedule=MultipleCronTriggerTimetable("0 0 * * *", "30 12 * * MON", timezone="UTC"),
    catchup=False,
):
    EmptyOperator(task_id="t")

with DAG(
    "tt_events",
    start_date=START,
    schedule=EventsTimetable(event_dates=[pendulum.datetime(2026, 2, 1), pendulum.datetime(2026, 7, 1)]),
    catchup=False,
):
    EmptyOperator(task_id="t")

with DAG(
    "tt_trigger_offset",
    start_date=START,
    schedule=CronTriggerTimetable("0 18 * * 5", timezone="America/New_York", interval=timedelta(days=4, hours=9)),
    catchup=False,
):
    EmptyOperator(task_id="t")
