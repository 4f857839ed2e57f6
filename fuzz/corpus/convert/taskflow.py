from airflow.decorators import dag, task
from pendulum import datetime
@dag(schedule="@daily", start_date=datetime(2030, 1, 1, tz="Europe/Amsterdam"), params={"p": 1})
def flow():
    @task(multiple_outputs=True)
    def get():
        return {"a": 1}
    @task.branch
    def pick(x):
        return "put"
    @task(retries=3)
    def put(x, y=None):
        print(x)
    data = get()
    pick(data["a"]) >> put.override(task_id="put")(data, y=data["b"])
    put.partial(y=1).expand(x=[1, 2])
flow()
