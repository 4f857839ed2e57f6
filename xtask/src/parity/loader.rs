//! Runs the Python program that loads DAGs, once for many files.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Serialize;

use super::record::Answer;
use crate::corpus::NOW;
use crate::project;
use crate::venv::{self, Environment};

/// Another clock than `NOW`, for the second load of a Python file.
const LATER: &str = "2026-03-11T10:29:01Z";

/// What is to be loaded.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Request {
    /// A number that the answer carries.
    pub(crate) id: usize,
    /// A Python file, to be loaded as Airflow's DagBag does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) python: Option<PathBuf>,
    /// YAML files, to be loaded as dag-factory does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) yaml: Vec<PathBuf>,
    /// The folders that modules are imported from, behind the installed packages: the DAG folder first.
    pub(crate) path: Vec<PathBuf>,
    /// What the environment holds.
    pub(crate) env: BTreeMap<String, String>,
    /// Airflow Variables.
    pub(crate) variables: BTreeMap<String, String>,
}

/// Which load of a file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Load {
    /// The one that is compared.
    First,
    /// The same under another clock and another order of sets, to see what changes by itself.
    Again,
}

#[derive(Serialize)]
struct Timed<'a> {
    #[serde(flatten)]
    request: &'a Request,
    now: &'a str,
    runs_from: &'a str,
}

/// Loads everything; the answers are in no order.
pub(crate) fn load(
    environment: Environment,
    requests: &[Request],
    load: Load,
    seconds: u64,
) -> Result<Vec<Answer>> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let python = venv::python(environment)?;
    let home = python
        .parent()
        .and_then(std::path::Path::parent)
        .context("the environment has no folder")?
        .join("home");
    let (now, seed) = match load {
        Load::First => (NOW, "0"),
        Load::Again => (LATER, "1"),
    };
    let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut child = Command::new(python)
        .arg(project::root().join("xtask/parity/load.py"))
        .args(["--jobs", &jobs.to_string(), "--seconds", &seconds.to_string()])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", &home)
        .env("AIRFLOW_HOME", &home)
        .env("PYTHONHASHSEED", seed)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the Python program")?;
    let mut text = String::new();
    for request in requests {
        text.push_str(&serde_json::to_string(&Timed { request, now, runs_from: NOW })?);
        text.push('\n');
    }
    // The program reads all requests before it answers the first.
    child.stdin.take().context("the program has no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("the Python program ended with {}:\n{said}", output.status);
    }
    let answers: Vec<Answer> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).context("an answer of the Python program cannot be read"))
        .collect::<Result<_>>()?;
    if answers.len() != requests.len() {
        bail!("{} requests were answered {} times", requests.len(), answers.len());
    }
    Ok(answers)
}
