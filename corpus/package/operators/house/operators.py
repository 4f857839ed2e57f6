from airflow.models import BaseOperator

from .words import GREETING


class GreetOperator(BaseOperator):
    template_fields = ("name",)

    def __init__(self, *, name, **kwargs):
        super().__init__(**kwargs)
        self.name = name

    def execute(self, context):
        return f"{GREETING} {self.name}"
