from datetime import datetime
from itertools import product

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator

COUNTRIES = ["at", "ch", "de"]
MODELS = ("price", "volume")


def job(name, **parameters):
    return BatchOperator(
        task_id=name,
        job_name=name.replace("_", "-"),
        job_queue="models",
        job_definition="model:3",
        parameters={k: str(v) for k, v in parameters.items()},
    )


with DAG("grid_jobs", start_date=datetime(2025, 1, 1), schedule="0 1 * * *", catchup=False) as dag:
    prepare = {c: job(f"prepare_{c}", country=c) for c in COUNTRIES}
    fits = [job(f"fit_{m}_{c}", country=c, model=m, seed=i) for i, (m, c) in enumerate(product(MODELS, COUNTRIES))]
    by_country = {c: [f for f in fits if f.task_id.endswith(f"_{c}")] for c in COUNTRIES}
    [prepare[c] >> by_country[c] for c in COUNTRIES]
    ends = list(map(lambda m: EmptyOperator(task_id="end_" + m), MODELS))
    for end, m in zip(ends, MODELS):
        [f for f in fits if m in f.task_id] >> end
