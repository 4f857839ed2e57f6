from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("shell", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False) as dag:
    a = BashOperator(task_id="a", bash_command="echo $HOME ${USER:-nobody} $$ \\$x '{{ ds }}'", retries=1)
    b = BashOperator(
        task_id="b",
        bash_command="""
set -euo pipefail
cat <<EOF > out/day.txt
day: {{ ds }}
	tab: `date +%F`
EOF
""",
        env={"A": "$B"},
        append_env=True,
    )
    a >> b
