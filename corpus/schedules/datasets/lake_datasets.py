from airflow.datasets import Dataset


def dataset(name):
    return Dataset(f"s3://lake/{name}/", extra={"name": name})


ORDERS = dataset("orders")
