from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2030, 1, 1), schedule=None)
def links():
    @task
    def link(day):
        import requests

        return requests.Request("GET", "https://example.org/", params={"day": day}).prepare().url

    link("{{ ds }}")


links()
