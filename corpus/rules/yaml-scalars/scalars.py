from datetime import datetime

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.sdk import DAG

WORDS = [
    "yes", "No", "on", "OFF", "true", "False", "null", "~", "", " ", "y", "n",
    "012", "0o17", "0x1F", "1_000", "1e3", "1.", ".5", "-.inf", "12:30", "190:20:30", "2027-01-01", "2027-01-01 10:00:00",
    "=", "<<", "-", "- a", "? b", ": c", "a: b", "a #b", "#c", "%d", "@x", "`x`", "&a", "*a", "!t", "|", ">", "{x}", "[x]",
    "tab\there", " lead", "trail ", "two\nlines", "two\nlines\n", "\n\nstart", "end\n\n\n", "  indented\nless",
    "it's", 'say "x"', "back\\slash", "$HOME", "${PATH}x", "$$", "$1", "cost: 5$", "\\x24HOME",
    "gr\u00fc\u00dfe", "\U0001f680", "\u0085nel", "\u2028ls", "\ufeffbom", "nul\u0001", "caf\u00e9\u0301", "x" * 300 + " " + "y" * 300,
]

NUMBERS = [0, -1, 10**20, 0.1, 1e-7, 1e16, 1.0, -0.0, 1e300, True, False, None]

with DAG("scalars", start_date=datetime(2027, 1, 1), schedule=None) as dag:
    EcsRunTaskOperator(
        task_id="words",
        cluster="c",
        task_definition="t",
        overrides={
            "containerOverrides": [{"name": "c", "command": WORDS}],
            "byKey": {word: n for n, word in enumerate(WORDS)},
            "numbers": NUMBERS,
            "mixed": {1: "int key", 2.5: "float key", True: "bool key", None: "none key"},
            "empty": [{}, [], (), ""],
        },
    )
    LambdaInvokeFunctionOperator(task_id="lines", function_name="f", payload="\n".join(WORDS[:12]) + "\n")
