"""Tasks that depend on the machine."""

import getpass
import os
import platform
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from airflow.configuration import AIRFLOW_HOME
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("facts", schedule=None):
    BashOperator(
        task_id="show",
        bash_command=f"{sys.executable} -m report {AIRFLOW_HOME}/reports",
        env={
            "CACHE": str(Path(tempfile.gettempdir()) / "cache"),
            "HOME": os.path.expanduser("~/reports"),
            "KEYS": str(Path.home() / ".keys"),
            "WORK": os.path.abspath("data"),
            "USER": getpass.getuser(),
            "HOST": socket.gethostname(),
            "SYSTEM": platform.system(),
            "VERSION": platform.python_version(),
            "SPARK": shutil.which("spark-submit"),
            "FOLDER": os.getcwd(),
        },
    )
    if sys.version_info >= (3, 12):
        BashOperator(task_id="new", bash_command=f"echo {sys.version_info.minor}.{sys.version_info[2]}")
    if sys.platform == "linux" and not shutil.which("hadoop"):
        BashOperator(task_id="local", bash_command="true")
