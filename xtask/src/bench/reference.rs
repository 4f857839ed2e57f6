//! The reference tool, which runs DAG files under Airflow, against the converter, on files that both convert.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::build::Built;
use super::{Measured, Row, generate, median, process, shown};
use crate::{project, venv};

/// The converter is to be this many times as fast.
const TARGET: f64 = 500.0;

const COMMAND: &str = "cargo xtask bench reference";

/// How often each file is converted in a process of its own.
const ROUNDS: usize = 3;

/// How often the converter runs in each turn. It is done in milliseconds, of which the first run spends as many again on what the
/// other tool's gigabyte has driven out of the caches of the processor.
const REPEATS: usize = 9;

/// The generated files that are looked at; the reference tool reads one folder, so that they are copied into one.
const CANDIDATES: usize = 10;

/// How many of those that both convert are measured in processes of their own.
const COLD: usize = 2;

/// Measures it. The reference tool has an environment of its own, with Airflow in it.
pub(super) fn measure(built: &Built) -> Result<Measured> {
    let python = venv::python(venv::Environment::Reference)?;
    let work = tempfile::tempdir()?;
    let reference = Reference { python, home: work.path().join("home"), shared: generate::folder(100)? };
    reference.prepare()?;
    let folder = work.path().join("dags");
    let files = both(built, &reference, &folder)?;
    let mut details = format!(
        "`python-to-yaml-dag-converter-mwaa-serverless` 0.1.4 in its own environment (Python 3.12, Airflow 3.0.6) on {} generated files \
         that both convert, with the default options of each, which hold the written YAML against the target. In each turn the \
         reference tool runs once and the converter {REPEATS} times, of which the median counts; the ratio to the first of them, which finds the \
         processor's caches full of the other tool, stands beside it.\n\n\
         | run | reference tool, s | converter, s | ratio | to the first run |\n|---|---|---|---|---|\n",
        files.len()
    );
    let mut cold = Vec::new();
    for file in files.iter().take(COLD) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        for _ in 0..ROUNDS {
            let turn = Turn::measure(built, &reference, file, work.path())?;
            details.push_str(&turn.row(&format!("`{name}`, a process each")));
            cold.push(turn.ratio());
        }
    }
    let mut warm = Vec::new();
    for _ in 0..ROUNDS {
        let turn = Turn::measure(built, &reference, &folder, work.path())?;
        details.push_str(&turn.row(&format!("the folder of {} in one process", files.len())));
        warm.push(turn.ratio());
    }
    let (cold, warm) = (median(cold), median(warm));
    let row = |what: &str, ratio: f64| Row {
        what: what.to_owned(),
        figure: format!("{ratio:.0}"),
        target: Some((format!("≥ {TARGET}"), ratio >= TARGET)),
        command: COMMAND,
    };
    Ok(Measured {
        rows: vec![
            row("reference tool ÷ converter, one file, a cold process each", cold),
            row("reference tool ÷ converter, a folder in one process", warm),
        ],
        details,
    })
}

/// One run of the reference tool, and those of the converter behind it, in seconds.
struct Turn {
    theirs: f64,
    first: f64,
    ours: f64,
}

impl Turn {
    /// Lets both convert a file or a folder on one thread.
    fn measure(built: &Built, reference: &Reference, input: &Path, work: &Path) -> Result<Self> {
        let theirs = process::timed(&mut reference.convert(input, &work.join("theirs")))?;
        let first = process::conversion(built, input, Some(1))?;
        let mut ours = vec![first];
        for _ in 1..REPEATS {
            ours.push(process::conversion(built, input, Some(1))?);
        }
        Ok(Self { theirs, first, ours: median(ours) })
    }

    fn ratio(&self) -> f64 {
        self.theirs / self.ours
    }

    fn row(&self, run: &str) -> String {
        let Self { theirs, first, ours } = self;
        format!("| {run} | {theirs:.2} | {ours:.4} | {:.0} | {:.0} |\n", self.ratio(), theirs / first)
    }
}

/// The reference tool.
struct Reference {
    python: PathBuf,
    /// Airflow's home: its database and its logs.
    home: PathBuf,
    /// The folder with the local module of the files, which Airflow would have on its path.
    shared: PathBuf,
}

impl Reference {
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.python.with_file_name(program));
        command
            .env("AIRFLOW_HOME", &self.home)
            .env("PYTHONPATH", &self.shared)
            .env("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
        command.env("AWS_DEFAULT_REGION", "eu-central-1");
        command
    }

    /// Makes the database that Airflow wants to see.
    fn prepare(&self) -> Result<()> {
        project::output(self.command("airflow").args(["db", "migrate"])).map(drop)
    }

    fn convert(&self, input: &Path, output: &Path) -> Command {
        let mut command = self.command("dag-converter");
        command.arg("convert").arg(input).arg("--output").arg(output);
        command
    }
}

/// Copies those of the generated files into `folder` that both tools convert.
fn both(built: &Built, reference: &Reference, folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    // What the converter finds beside the files, the reference tool finds on the path of Python.
    let common = folder.join("common");
    fs::create_dir_all(&common)?;
    for name in ["__init__.py", "settings.py"] {
        fs::copy(reference.shared.join("common").join(name), common.join(name))?;
    }
    for index in 0..CANDIDATES {
        let name = format!("pipeline_{index:05}.py");
        fs::copy(reference.shared.join("team_000").join(&name), folder.join(&name))?;
    }
    let theirs = folder.with_file_name("first");
    // It ends badly where one file is not converted, and converts the others all the same.
    let said = reference.convert(folder, &theirs).output()?;
    let mut files = Vec::new();
    for index in 0..CANDIDATES {
        let file = folder.join(format!("pipeline_{index:05}.py"));
        let ours = tempfile::tempdir()?;
        let mut command = Command::new(&built.converter);
        command.arg("convert").arg(&file).arg("--output").arg(ours.path()).args(["--isolated", "--quiet"]);
        let is_ours = command.output()?.status.success();
        let written = fs::read_dir(ours.path())?.flatten().filter_map(|entry| {
            let path = entry.path();
            path.extension().is_some_and(|extension| extension == "yml").then_some(path)
        });
        let ids: Vec<PathBuf> = written.filter_map(|path| path.file_stem().map(PathBuf::from)).collect();
        let is_theirs = ids.iter().all(|id| theirs.join(format!("{}.yaml", shown(id))).is_file());
        if is_ours && is_theirs && !ids.is_empty() {
            files.push(file);
        } else {
            fs::remove_file(&file)?;
        }
    }
    if files.is_empty() {
        bail!(
            "there is no file that both convert; the reference tool said:\n{}",
            String::from_utf8_lossy(&said.stdout)
        );
    }
    Ok(files)
}
