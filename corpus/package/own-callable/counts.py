from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


class CountOperator(PythonOperator):
    """Counts the letters of a word."""

    def __init__(self, *, word, **kwargs):
        super().__init__(python_callable=self.count, op_args=[word], **kwargs)

    def count(self, word):
        return len(word)


with DAG("counts", start_date=datetime(2026, 1, 1), schedule=None):
    first = CountOperator(task_id="first", word="{{ dag.dag_id }}")
    words = CountOperator.partial(task_id="words", retries=0).expand(word=["a", "bb"])
    first >> words >> CountOperator(task_id="down", word="down").as_teardown()
