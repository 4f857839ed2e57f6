from airflow.sdk import Asset, asset


@asset(schedule="@daily", uri="s3://lake/prices", tags=["prices"], description="Prices of the day.")
def prices():
    return [1]


@asset(schedule=prices, name="weights", dag_id="weigh")
def weigh(self, context, prices, limit=10):
    return [2]


@asset.multi(schedule=prices & Asset("weights"), outlets=[Asset("low"), Asset("high")])
def bounds(prices):
    return None
