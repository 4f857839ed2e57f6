//! Python environments in the cache, each made of a pinned requirements file of the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::project;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which environment.
    environment: Environment,
}

/// An environment of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Environment {
    /// pip, and what builds the metadata of source packages.
    Fetch,
    /// What the tests compare with: CPython and PyYAML.
    Tests,
    /// Airflow 3.0.6 with dag-factory: what loads the YAML, and the truth for files written for 3.x.
    #[value(name = "airflow-3")]
    Airflow3,
    /// Airflow 2.10.5: the truth for files written for 2.x.
    #[value(name = "airflow-2")]
    Airflow2,
    /// The converter that others wrote, with the Airflow that it runs DAG files under: what the benchmarks compare with.
    Reference,
}

impl Environment {
    fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Tests => "tests",
            Self::Airflow3 => "airflow-3",
            Self::Airflow2 => "airflow-2",
            Self::Reference => "reference",
        }
    }

    /// The file that pins what is in it.
    pub(crate) fn requirements(self) -> PathBuf {
        project::root().join("xtask").join(match self {
            Self::Fetch => "python/requirements-fetch.txt",
            Self::Tests => "python/requirements-tests.txt",
            Self::Airflow3 => "parity/requirements-3.0.6.txt",
            Self::Airflow2 => "parity/requirements-2.10.5.txt",
            Self::Reference => "python/requirements-reference.txt",
        })
    }

    /// The minor versions of Python 3 that it works with, best first.
    fn minors(self) -> &'static [u32] {
        match self {
            Self::Fetch | Self::Tests => &[11, 12, 10, 13],
            Self::Airflow3 | Self::Airflow2 | Self::Reference => &[12, 11, 10],
        }
    }
}

/// Makes the environment and prints its interpreter.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    println!("{}", python(args.environment)?.display());
    Ok(ExitCode::SUCCESS)
}

/// The interpreter of an environment, which is made first where it is not there or its requirements have changed.
pub(crate) fn python(environment: Environment) -> Result<PathBuf> {
    let requirements = environment.requirements();
    let text = fs::read(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let digest = project::sha256(&text);
    let folder = project::cache().join("venv").join(format!("{}-{}", environment.name(), &digest[..12]));
    let python = folder.join("bin/python");
    let marker = folder.join("complete");
    if marker.is_file() && python.exists() {
        return Ok(python);
    }
    let base = find_python(environment.minors())?;
    eprintln!("making the Python environment `{}` with {}", environment.name(), base.display());
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    project::output(Command::new(&base).args(["-m", "venv"]).arg(&folder))?;
    project::output(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(&requirements),
    )?;
    if matches!(environment, Environment::Airflow3 | Environment::Airflow2) {
        // Some DAG files look into the metadata database while they are loaded; it is there, and empty.
        let home = folder.join("home");
        project::output(
            Command::new(&python).args(["-m", "airflow", "db", "migrate"]).env("AIRFLOW_HOME", home),
        )?;
    }
    fs::write(marker, "")?;
    Ok(python)
}

/// The Python on this machine of the best of the minor versions, by asking each candidate what it is.
fn find_python(minors: &[u32]) -> Result<PathBuf> {
    let mut candidates: Vec<PathBuf> = vec!["python3".into()];
    candidates.extend(minors.iter().map(|minor| PathBuf::from(format!("python3.{minor}"))));
    candidates.extend(pyenv_pythons());
    let found: Vec<(u32, PathBuf)> = candidates
        .into_iter()
        .filter_map(|candidate| minor_of(&candidate).map(|minor| (minor, candidate)))
        .collect();
    let best = minors.iter().find_map(|wanted| found.iter().find(|(minor, _)| minor == wanted));
    match best {
        Some((_, python)) => Ok(python.clone()),
        None => bail!("no Python 3 of the minor versions {minors:?} is on this machine"),
    }
}

fn minor_of(python: &Path) -> Option<u32> {
    let program = "import sys, venv, ensurepip; print(sys.version_info[1])";
    let output = Command::new(python).args(["-c", program]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// The interpreters that pyenv keeps, whether or not one is selected.
fn pyenv_pythons() -> Vec<PathBuf> {
    let Some(home) = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".pyenv")))
    else {
        return Vec::new();
    };
    let Ok(versions) = fs::read_dir(home.join("versions")) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin/python3")).collect();
    found.sort();
    found
}
