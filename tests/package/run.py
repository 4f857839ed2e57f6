"""Runs the DAGs of folders to the end, in process, and prints what their tasks returned as JSON.

    run.py python FOLDER...     the DAG files, as Airflow loads them
    run.py yaml FOLDER...       `<dag_id>.yml` with `<dag_id>.zip`, as the service does: unpacked, and alone on the import path
    run.py beside FOLDER...     `<dag_id>.yml` with the module beside it, and behind it the DAG folder that the file `source` names

Each folder is run in a process of its own, on a copy of the environment's empty database.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path


def prepare() -> None:
    """Sets Airflow up before its first import: a home of its own, no examples, quiet."""
    home = tempfile.mkdtemp(prefix="package-")
    shutil.copy(Path(sys.prefix) / "home" / "airflow.db", home)
    (Path(home) / "dags").mkdir()
    os.environ.update(
        AIRFLOW_HOME=home,
        AIRFLOW__CORE__DAGS_FOLDER=f"{home}/dags",
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
        AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY="False",
        AIRFLOW__LOGGING__LOGGING_LEVEL="CRITICAL",
        AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
        AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{home}/airflow.db",
        AWS_EC2_METADATA_DISABLED="true",
    )


# Where the service has the package, and runs commands.
SERVICE = "/usr/local/airflow/dags"


def at_home(dags: dict, place: str) -> None:
    """Lets commands find at `place` what the service has in its own folder."""
    for dag in dags.values():
        for task in dag.tasks:
            if hasattr(task, "bash_command"):
                task.bash_command = task.bash_command.replace(SERVICE, place)
                task.cwd = task.cwd or place


def load_python(folder: str) -> dict:
    # What the case supplies is there for the original alone.
    case = tomllib.loads((Path(folder) / "case.toml").read_text())
    os.environ.update(case.get("env", {}))
    os.environ.update({f"AIRFLOW_VAR_{name.upper()}": value for name, value in case.get("variables", {}).items()})
    from airflow.models.dagbag import DagBag

    sys.path.append(folder)
    bag = DagBag(folder, include_examples=False, safe_mode=True)
    if bag.import_errors:
        raise RuntimeError(str(bag.import_errors))
    at_home(bag.dags, folder)
    return dict(bag.dags)


def load_yaml(folder: str) -> dict:
    import dagfactory

    dags = {}
    for definition in sorted(Path(folder).glob("*.yml")):
        code = definition.with_suffix(".zip")
        place = tempfile.mkdtemp(prefix="code-")
        if code.exists():
            with zipfile.ZipFile(code) as package:
                assert not any("__pycache__" in name for name in package.namelist())
                package.extractall(place)
                for entry in package.infolist():
                    (Path(place) / entry.filename).chmod(entry.external_attr >> 16)
            sys.path.insert(0, place)
        found: dict = {}
        before = set(sys.modules)
        dagfactory.load_yaml_dags(found, config_filepath=str(definition))
        found = {name: dag for name, dag in found.items() if hasattr(dag, "task_dict")}
        at_home(found, place)
        dags.update(found)
        # Each workflow has its package to itself.
        if code.exists():
            sys.path.remove(place)
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(place):
                del sys.modules[name]
    return dags


def load_beside(folder: str) -> dict:
    import dagfactory

    # The import path of the folder that the definitions are put in: what the project has there, and the written modules.
    sys.path += [folder, (Path(folder) / "source").read_text()]
    found: dict = {}
    for definition in sorted(Path(folder).glob("*.yml")):
        dagfactory.load_yaml_dags(found, config_filepath=str(definition))
    return {name: dag for name, dag in found.items() if hasattr(dag, "task_dict")}


def run(dag) -> dict:
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session

    instant = datetime.datetime(2031, 1, 2, tzinfo=datetime.timezone.utc)
    done = dag.test(logical_date=instant)
    returned: dict = {}
    with create_session() as session:
        query = session.query(XComModel).filter(XComModel.dag_id == dag.dag_id, XComModel.run_id == done.run_id)
        for xcom in query:
            task = xcom.task_id if xcom.map_index < 0 else f"{xcom.task_id}__{xcom.map_index}"
            returned.setdefault(task, {})[xcom.key] = xcom.value
    return {"state": str(done.state.value), "returned": returned}


def results(mode: str, folder: str) -> dict:
    prepare()
    import logging

    load = {"python": load_python, "yaml": load_yaml, "beside": load_beside}[mode]
    logging.disable(logging.CRITICAL)
    try:
        return {dag_id: run(dag) for dag_id, dag in sorted(load(folder).items())}
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    mode, folders = sys.argv[1], sys.argv[2:]
    answers = []
    for folder in folders:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            # What Airflow prints is of no interest; the answer goes through the pipe.
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            with os.fdopen(write, "w") as out:
                json.dump(results(mode, folder), out)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as answer:
            answers.append(json.loads(answer.read() or '{"error": "the process died"}'))
        os.waitpid(child, 0)
    json.dump(answers, sys.stdout)


main()
