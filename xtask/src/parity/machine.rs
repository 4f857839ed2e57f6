//! The facts of the machine, as the interpreters that load the DAGs see them.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::loader;
use crate::venv::{self, Environment};

/// Prints the facts by the names of `--machine`. `tempfile` and `getpass` read the environment, which is that of the loads.
const PROGRAM: &str = r#"
import getpass, importlib.util, json, os, platform, shutil, socket, sys, tempfile

def user():
    try:
        return getpass.getuser()
    except OSError:
        return None

which = shutil.which("virtualenv")
facts = {
    "airflow-home": os.environ["AIRFLOW_HOME"],
    "architecture": platform.machine(),
    "cwd": os.getcwd(),
    "executable": sys.executable,
    "home": os.path.expanduser("~"),
    "hostname": socket.gethostname(),
    "platform": sys.platform,
    "python-version": platform.python_version(),
    "tempdir": tempfile.gettempdir(),
    "user": user(),
    "virtualenv": str(bool(which or importlib.util.find_spec("virtualenv"))).lower(),
    "which.virtualenv": which or "",
}
print(json.dumps({name: fact for name, fact in facts.items() if fact is not None}))
"#;

/// The facts of an environment's interpreter.
pub(crate) fn facts(environment: Environment) -> Result<BTreeMap<String, String>> {
    let python = venv::python(environment)?;
    let output = loader::set_apart(Command::new(&python).args(["-c", PROGRAM]), &python)?.output()?;
    if !output.status.success() {
        bail!(
            "{} says nothing of its machine: {}",
            python.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    serde_json::from_slice(&output.stdout).context("the facts of the machine cannot be read")
}
