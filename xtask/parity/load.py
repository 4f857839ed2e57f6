"""Loads DAG files as Airflow's DagBag does, or YAML as dag-factory does, and prints what came of it as JSON.

Reads requests from standard input, a JSON object a line, and answers each with a line on standard output:

    {"id": 1, "python": "/x/dags/a.py", "path": ["/x/dags"], "env": {}, "now": "2026-03-10T09:17:43+00:00"}
    {"id": 2, "yaml": ["/x/out/a.yml"], "path": ["/x/dags"], …}

    {"id": 1, "files": [{"path": …, "dags": […], "error": null, "unproved": []}], "seconds": 0.2}
    {"id": 2, "failed": "it took longer than 60 s", …}

Airflow starts once; each request is served by a fork of that process, which is ended when its time is over.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback


# The address space of one request, in bytes.
MEMORY = 6 << 30


def prepare() -> None:
    """Sets Airflow up before its first import: a home of its own, no examples, no telemetry, quiet."""
    home = os.environ.get("AIRFLOW_HOME") or tempfile.mkdtemp(prefix="parity-")
    dags = os.path.join(home, "dags")
    os.makedirs(dags, exist_ok=True)
    os.environ.update(
        {
            "AIRFLOW_HOME": home,
            "AIRFLOW__CORE__DAGS_FOLDER": dags,
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "0",
            "AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "AWS_EC2_METADATA_DISABLED": "true",
            "TZ": "UTC",
        }
    )
    time.tzset()


def warm_up() -> None:
    """Imports what most files need, so that forks share it."""
    import importlib
    import logging
    import pkgutil
    import socket
    import warnings

    warnings.simplefilter("ignore")
    import airflow.models.dagbag  # noqa: F401
    import canonical
    import stubs

    logging.disable(logging.CRITICAL)
    try:
        import dagfactory  # noqa: F401
    except ImportError:
        pass
    for package in ("airflow.operators", "airflow.sensors", "airflow.decorators", "airflow.providers.standard.operators",
                    "airflow.providers.standard.sensors", "airflow.providers.http.operators",
                    "airflow.providers.amazon.aws.operators", "airflow.providers.amazon.aws.sensors",
                    "airflow.providers.amazon.aws.transfers", "airflow.providers.cncf.kubernetes.operators"):  # fmt: skip
        try:
            folder = importlib.import_module(package).__path__
        except Exception:
            continue
        for module in pkgutil.iter_modules(folder):
            try:
                importlib.import_module(f"{package}.{module.name}")
            except Exception:
                continue

    def refuse(*args, **kwargs):
        raise OSError("DAG files are loaded without a network")

    supervise()
    socket.socket.connect = refuse
    socket.getaddrinfo = refuse
    stubs.install()
    canonical.watch()


def supervise() -> None:
    """Answers Airflow 3's questions to its supervisor as an installation without Variables and Connections does.

    What the environment supplies is found before the supervisor is asked.
    """
    try:
        from airflow.sdk.exceptions import ErrorType
        from airflow.sdk.execution_time import task_runner
        from airflow.sdk.execution_time.comms import ErrorResponse, GetConnection, GetVariable
    except ImportError:
        return
    missing = {GetVariable: ErrorType.VARIABLE_NOT_FOUND, GetConnection: ErrorType.CONNECTION_NOT_FOUND}

    class Supervisor:
        def send(self, message):
            error = missing.get(type(message))
            return None if error is None else ErrorResponse(error=error)

    task_runner.SUPERVISOR_COMMS = Supervisor()


def serve(request: dict) -> dict:
    """Answers a request, in a process of its own."""
    import canonical
    import stubs
    import time_machine

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ.update(request.get("env", {}))
    for name, value in request.get("variables", {}).items():
        os.environ[f"AIRFLOW_VAR_{name.upper()}"] = value if isinstance(value, str) else json.dumps(value)
    sys.path.extend(request["path"])
    canonical.folders[:] = sorted(request["path"], key=len, reverse=True)
    stubs.user_folders[:] = request["path"]
    with time_machine.travel(request["now"], tick=True):
        if request.get("python"):
            return {"files": [python(request["python"], request["runs_from"])]}
        return {"files": [definition(path, request["runs_from"]) for path in request["yaml"]]}


def python(path: str, runs_from: str) -> dict:
    """The DAGs of a Python file."""
    import canonical

    bag = new_bag()
    bag.process_file(path, only_if_updated=False, safe_mode=False)
    records = recorded(bag, runs_from)
    for record in records:
        canonical.resolve(bag.dags[record["dag_id"]], record)
    return answer(path, records, "\n".join(bag.import_errors.values()) or None)


def recorded(bag, runs_from: str) -> list[dict]:
    """The DAGs of a bag as JSON, their runs reckoned from an instant at which the clock stands."""
    import canonical
    import time_machine

    with time_machine.travel(runs_from, tick=False):
        return [canonical.dag(dag) for dag in in_order(bag.dags.values())]


def definition(path: str, runs_from: str) -> dict:
    """The DAGs of a YAML file."""
    import canonical
    from dagfactory import load_yaml_dags

    made: dict = {}
    try:
        load_yaml_dags(globals_dict=made, config_filepath=path)
        bag = new_bag()
        for dag in {id(dag): dag for dag in made.values() if isinstance(dag, canonical.DAG)}.values():
            dag.validate()
            bag.bag_dag(dag)
        return answer(path, recorded(bag, runs_from), None)
    except Exception:
        return answer(path, [], traceback.format_exc())


def new_bag():
    import canonical
    from airflow.models.dagbag import DagBag

    # What template files hold is asked for later, beside what the author wrote.
    canonical.DAG.resolve_template_files = lambda self: None
    bag = DagBag(dag_folder=os.environ["AIRFLOW__CORE__DAGS_FOLDER"], include_examples=False, collect_dags=False)
    bag.dagbag_import_error_tracebacks = True
    return bag


def in_order(dags):
    # What a SubDAG holds, its parent holds.
    return sorted((dag for dag in dags if not getattr(dag, "parent_dag", None)), key=lambda dag: dag.dag_id)


def answer(path: str, dags: list, error: str | None) -> dict:
    import stubs

    return {"path": path, "dags": dags, "error": shorten(error), "unproved": list(stubs.touched)}


def shorten(error: str | None) -> str | None:
    """The end of a traceback: the exception, and the line of the file that raised it."""
    if error is None:
        return None
    lines = [line for line in error.strip().splitlines() if line.strip()]
    return "\n".join(lines[-3:])[:600]


class Child:
    """A request that is being served."""

    def __init__(self, request: dict, seconds: float):
        self.request, self.since, self.data = request, time.monotonic(), bytearray()
        self.until = self.since + seconds
        self.seconds = seconds
        self.pipe, end = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.pipe)
            serve_in_fork(request, end)
        os.close(end)

    def finish(self, failed: str | None) -> dict:
        if failed is not None:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        result: dict = {}
        if failed is None:
            try:
                result = json.loads(bytes(self.data))
            except ValueError:
                failed = f"the process ended with status {status} and no answer"
        result["id"] = self.request["id"]
        result["seconds"] = round(time.monotonic() - self.since, 3)
        if failed is not None:
            result["failed"] = failed
        return result


def serve_in_fork(request: dict, end: int) -> None:
    """Never returns."""
    code = 0
    try:
        result = serve(request)
    except BaseException:
        result = {"failed": shorten(traceback.format_exc())}
    try:
        data = json.dumps(result).encode()
    except BaseException as problem:
        data = json.dumps({"failed": f"no JSON: {problem}"}).encode()
    try:
        with os.fdopen(end, "wb") as pipe:
            pipe.write(data)
    except BaseException:
        code = 1
    os._exit(code)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="the time limit of one request")
    args = parser.parse_args()

    # DAG files may print; the answers keep the real standard output to themselves.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    prepare()
    requests = [json.loads(line) for line in sys.stdin if line.strip()]
    warm_up()
    requests.reverse()
    children: dict[int, Child] = {}
    while requests or children:
        while requests and len(children) < args.jobs:
            child = Child(requests.pop(), args.seconds)
            children[child.pipe] = child
        wait = max(0.0, min(child.until for child in children.values()) - time.monotonic())
        ready, _, _ = select.select(list(children), [], [], wait)
        done = []
        for pipe in ready:
            chunk = os.read(pipe, 1 << 20)
            children[pipe].data.extend(chunk)
            if not chunk:
                done.append((pipe, None))
        now = time.monotonic()
        late = [pipe for pipe, child in children.items() if child.until <= now and pipe not in ready]
        done.extend((pipe, f"it took longer than {children[pipe].seconds:g} s") for pipe in late)
        for pipe, failed in done:
            answers.write(json.dumps(children.pop(pipe).finish(failed)) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
