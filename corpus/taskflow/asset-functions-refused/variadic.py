from airflow.sdk import asset


@asset(schedule=None)
def many(*parts):
    pass
