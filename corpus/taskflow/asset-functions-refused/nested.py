from airflow.sdk import asset


def make():
    @asset(schedule=None)
    def inner():
        pass


make()
