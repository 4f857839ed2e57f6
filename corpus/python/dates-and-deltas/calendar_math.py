from datetime import date, datetime, time, timedelta, timezone

from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

GO_LIVE = datetime.strptime("2025-03-30 06:15", "%Y-%m-%d %H:%M")
FREEZE = date.fromisoformat("2025-12-19")
HOUR = timedelta(hours=1)
quarter_start = GO_LIVE.replace(month=((GO_LIVE.month - 1) // 3) * 3 + 1, day=1, hour=0, minute=0)

default_args = {
    "owner": "calendar",
    "retries": 3,
    "retry_delay": HOUR / 4,
    "execution_timeout": 2 * HOUR - timedelta(minutes=30),
}

with DAG(
    "calendar_math",
    start_date=datetime.combine(quarter_start, time(1, 30), tzinfo=timezone.utc),
    end_date=datetime(2026, 6, 30, tzinfo=timezone.utc) + timedelta(days=1, microseconds=-1),
    schedule=f"{GO_LIVE.minute} {GO_LIVE.hour} * * {GO_LIVE.isoweekday() % 7}",
    dagrun_timeout=timedelta(weeks=1) // 7,
    catchup=False,
    default_args=default_args,
) as dag:
    wait = S3KeySensor(
        task_id="wait",
        bucket_key=f"s3://cal/{GO_LIVE:%Y/%m}/{(FREEZE - GO_LIVE.date()).days}.flag",
        timeout=(HOUR * 1.5).total_seconds(),
        poke_interval=HOUR.seconds // 60,
        retries=0,
    )
    days = [FREEZE + timedelta(days=n) for n in range(3)]
    for day in days:
        if day.weekday() >= 5:
            continue
        wait >> LambdaInvokeFunctionOperator(
            task_id=day.strftime("run_%Y%m%d_%a").lower(),
            function_name="run",
            payload='{"day": "%s", "iso": %s, "late": %s}' % (day.isoformat(), tuple(day.isocalendar())[1], str(day > FREEZE).lower()),
        )
