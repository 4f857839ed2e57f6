# The words airflow and dag stand in this comment, and that is enough for the heuristic.
# A converter that asks for an import of either skips the file and loses `spoken`.
from wf_factory import workflow

wf = workflow("spoken")
