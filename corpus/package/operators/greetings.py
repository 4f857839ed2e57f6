from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import BaseOperator
from house.operators import GreetOperator

MARK = "!"


class ShoutOperator(BaseOperator):
    """Shouts a word."""

    def __init__(self, *, word, **kwargs):
        super().__init__(**kwargs)
        self.word = word

    def execute(self, context):
        return self.word.upper() + MARK


with DAG("greetings", start_date=datetime(2030, 1, 1), schedule=None):
    GreetOperator(task_id="greet", name="{{ ds }}") >> ShoutOperator(task_id="shout", word="done")
