"""The operator that compares the events of a run with a file."""

from airflow.models import BaseOperator


class OpenLineageTestOperator(BaseOperator):
    """Keeps its arguments."""

    def __init__(self, event_templates=None, file_path=None, env=None, allow_duplicate_events=False,
                 clear_variables=True, **kwargs):  # fmt: skip
        super().__init__(**kwargs)
        self.event_templates = event_templates
        self.file_path = file_path
        self.env = env
        self.allow_duplicate_events = allow_duplicate_events
        self.clear_variables = clear_variables

    def execute(self, context):
        raise RuntimeError("DAGs are loaded here, not run")
