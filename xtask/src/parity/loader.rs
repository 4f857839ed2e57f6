//! Runs the Python program that loads DAGs, once for many files, and only for what it was not asked before.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Serialize;

use super::cache::Cache;
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

/// Loads everything, save what was answered before; the answers are in no order.
pub(crate) fn load(
    environment: Environment,
    requests: &[Request],
    load: Load,
    seconds: u64,
) -> Result<Vec<Answer>> {
    let (now, seed) = match load {
        Load::First => (NOW, "0"),
        Load::Again => (LATER, "1"),
    };
    let mut cache = Cache::open(environment, now)?;
    let (mut answers, mut places, mut text, mut count) = (Vec::new(), HashMap::new(), String::new(), 0);
    for request in requests {
        let place = cache.place(request)?;
        if let Some(answer) = Cache::get(&place, request.id) {
            answers.push(answer);
            continue;
        }
        places.insert(request.id, place);
        text.push_str(&serde_json::to_string(&Timed { request, now, runs_from: NOW })?);
        text.push('\n');
        count += 1;
    }
    if count == 0 {
        return Ok(answers);
    }
    eprintln!("  {count} of {} are new", requests.len());
    ask(environment, &text, seed, seconds, |line| {
        let answer: Answer =
            serde_json::from_slice(line).context("an answer of the Python program cannot be read")?;
        if answer.failed.is_none()
            && let Some(place) = places.get(&answer.id)
        {
            Cache::put(place, line)?;
        }
        answers.push(answer);
        Ok(())
    })?;
    if answers.len() != requests.len() {
        bail!("{} requests were answered {} times", requests.len(), answers.len());
    }
    Ok(answers)
}

/// Gives a command of the interpreter of an environment the environment variables of the loads, and no others.
pub(super) fn set_apart<'a>(command: &'a mut Command, python: &Path) -> Result<&'a mut Command> {
    let folder = python.parent().and_then(Path::parent).context("the environment has no folder")?;
    let home = folder.join("home");
    let path = std::env::var_os("PATH").unwrap_or_default();
    Ok(command.env_clear().env("PATH", path).env("HOME", &home).env("AIRFLOW_HOME", &home))
}

/// Runs the Python program on requests, one a line, and does something with each answer when it comes.
fn ask(
    environment: Environment,
    requests: &str,
    seed: &str,
    seconds: u64,
    mut each: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let python = venv::python(environment)?;
    let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut said = tempfile::tempfile()?;
    let mut command = Command::new(&python);
    command.arg(project::root().join("xtask/parity/load.py")).args([
        "--jobs",
        &jobs.to_string(),
        "--seconds",
        &seconds.to_string(),
    ]);
    let mut child = set_apart(&mut command, &python)?
        .env("PYTHONHASHSEED", seed)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(said.try_clone()?)
        .spawn()
        .context("cannot start the Python program")?;
    // The program reads all requests before it answers the first.
    child.stdin.take().context("the program has no input")?.write_all(requests.as_bytes())?;
    let lines = BufReader::new(child.stdout.take().context("the program has no output")?).split(b'\n');
    for line in lines {
        each(&line?)?;
    }
    let status = child.wait()?;
    if !status.success() {
        let mut text = String::new();
        said.rewind()?;
        said.read_to_string(&mut text)?;
        bail!("the Python program ended with {status}:\n{text}");
    }
    Ok(())
}
