from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.providers.amazon.aws.operators.athena import AthenaOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator

NAME = Variable.get("name")
CONFIG = Variable.get("config", deserialize_json=True)
COMPUTED = {
    "method": NAME.upper(),
    "index": NAME[0],
    "either": NAME or "x",
    "percent": "%s" % NAME,
    "number": CONFIG["count"],
    "representation": f"{NAME!r}",
    "width": f"{NAME:>10}",
    "brace": "{" + NAME,
    "inside_a_template": f"{{{{ f('{NAME}') }}}}",
    "joined": "-".join([NAME]),
    "fallback": f"{CONFIG.get('x')}",
    "chosen": NAME if NAME else "x",
    "repeated": NAME * 2,
    "copied": {NAME: 1},
}

for kind, value in COMPUTED.items():
    with DAG(kind, start_date=datetime(2030, 1, 1), schedule=None):
        GlueJobOperator(task_id="a", job_name=value)

with DAG("native", start_date=datetime(2030, 1, 1), schedule=None, render_template_as_native_obj=True):
    GlueJobOperator(task_id="a", job_name=NAME)

with DAG("maybe_a_file", start_date=datetime(2030, 1, 1), schedule=None):
    AthenaOperator(task_id="a", query=NAME, database="d", output_location="s3://lake/")

with DAG("no_template_field", start_date=datetime(2030, 1, 1), schedule=None):
    GlueJobOperator(task_id="a", job_name="x", run_job_kwargs={"Name": NAME}, retry_limit=NAME)

name = NAME
if NAME == "prod":
    name = NAME + "-blue"
with DAG("decided", start_date=datetime(2030, 1, 1), schedule=None):
    GlueJobOperator(task_id="a", job_name=name)

with DAG(f"id_{NAME}", start_date=datetime(2030, 1, 1), schedule=None):
    GlueJobOperator(task_id="a", job_name="x")
