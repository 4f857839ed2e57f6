from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, chain_linear, cross_downstream
from airflow.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup


def e(name):
    return EmptyOperator(task_id=name)


with DAG("edges", start_date=datetime(2025, 1, 1), schedule=None) as dag:
    t = {n: e(f"t{n}") for n in range(12)}
    with TaskGroup("g") as g:
        e("x") >> e("y")

    chain(t[0], [t[1], t[2]], [t[3], t[4]], t[5])
    chain(t[5], Label("into the group"), g, t[6])
    chain_linear(t[6], [t[7], t[8]], [t[9], t[10]])
    cross_downstream([t[0], t[6]], [t[10], t[11]])
    t[1] >> Label("by the way") >> t[4]
    t[11] << (t[7], t[8])
    [t[9] >> t[11], t[10]] >> e("last")
    t[0] >> t[1]
    e("before") >> [t[0]] >> e("after_zero")
