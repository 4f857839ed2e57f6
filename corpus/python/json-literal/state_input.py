import json
import os
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.providers.amazon.aws.operators.step_function import StepFunctionStartExecutionOperator

SPEC = json.loads(
    """
    {"tables": ["a", "b"], "limit": 1e3, "ratio": 0.1, "none": null, "deep": {"on": true, "text": "l1\\nl2"},
     "arn": "arn:aws:states:eu-west-1:123456789012:stateMachine:"}
    """
)
with open(os.path.join(os.path.dirname(__file__), "conf", "machines.json")) as f:
    MACHINES = json.load(f)
EXTRA = json.loads((Path(__file__).parent / "conf" / "extra.json").read_text(encoding="utf-8"))

with DAG("state_input", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    previous = None
    for machine in MACHINES:
        task = StepFunctionStartExecutionOperator(
            task_id=f"start_{machine['name']}",
            state_machine_arn=SPEC["arn"] + machine["name"],
            state_machine_input=json.dumps(
                {"spec": SPEC["deep"], "limit": SPEC["limit"], "half": SPEC["ratio"] / 2, "none": SPEC["none"], "ü": "ß"},
                sort_keys=True,
                indent=machine.get("indent"),
                ensure_ascii=machine["ascii"],
            ),
        )
        if previous:
            previous >> task
        previous = task
    StepFunctionStartExecutionOperator(
        task_id="extra",
        state_machine_arn=SPEC["arn"] + "extra",
        state_machine_input={**EXTRA, "compact": json.dumps(EXTRA, separators=(",", ":"))},
    )
