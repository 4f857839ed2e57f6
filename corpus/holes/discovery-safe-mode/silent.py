# This file is skipped: neither of the two words that the heuristic wants is in it.
# A converter that evaluates each .py writes `silent`, which the scheduler has never seen.
from wf_factory import workflow

wf = workflow("silent")
