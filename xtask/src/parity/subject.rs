//! What the proof runs on: the files of the fetched packages, and the project's own corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dag_converter::convert::Options;
use dag_converter::dag::SourceAirflow;
use dag_converter::source::{DiscoverOptions, IgnoreSyntax, discover};
use serde::Deserialize;

use super::machine::facts;
use crate::corpus::{self, Package};
use crate::project;
use crate::venv::Environment;

/// The name under which the project's own corpus stands in tables and filters.
pub(crate) const OWN: &str = "corpus";

/// One Python file.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    /// The package by `name-version`, or `corpus`.
    pub(crate) group: String,
    /// The file's path inside the package or the corpus.
    pub(crate) file: PathBuf,
    /// The DAG folder.
    pub(crate) root: PathBuf,
    /// The file.
    pub(crate) path: PathBuf,
    /// Further folders to import from.
    pub(crate) include: Vec<PathBuf>,
    /// The Airflow it is said to be written for.
    pub(crate) source_airflow: Option<SourceAirflow>,
    /// What is supplied from outside.
    pub(crate) inputs: Inputs,
}

/// What is supplied from outside, to Airflow and the converter alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Inputs {
    /// Environment variables.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// Airflow Variables; what is no text is JSON.
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, String>,
    /// The names of the facts of the machine that the converter is given, with those of the interpreter of Airflow 3 and of 2.
    #[serde(skip)]
    pub(crate) machine: Machines,
}

/// The facts of the machine under each Airflow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Machines {
    /// Those of Airflow 3.
    pub(crate) three: BTreeMap<String, String>,
    /// Those of Airflow 2.
    pub(crate) two: BTreeMap<String, String>,
}

impl Machines {
    /// Those of the environments of the proof.
    pub(crate) fn read() -> Result<Self> {
        Ok(Self { three: facts(Environment::Airflow3)?, two: facts(Environment::Airflow2)? })
    }
}

impl Inputs {
    /// The inputs that stand beside the Python program.
    pub(crate) fn read() -> Result<Self> {
        let path = project::root().join("xtask/parity/inputs.json");
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let inputs: Self =
            serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self { machine: Machines::read()?, ..inputs })
    }
}

/// The part of a case's `case.toml` that matters here.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Case {
    source_airflow: Option<u32>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default, alias = "variable")]
    variables: BTreeMap<String, String>,
    #[serde(default)]
    connections: BTreeMap<String, String>,
    #[serde(default)]
    include: Vec<PathBuf>,
    airflowignore_syntax: Option<String>,
}

impl Case {
    /// What both sides are given; Airflow takes Connections from its environment.
    fn inputs(&self) -> Inputs {
        let connections = self.connections.iter();
        let connections =
            connections.map(|(id, text)| (format!("AIRFLOW_CONN_{}", id.to_uppercase()), text.clone()));
        Inputs {
            env: self.env.clone().into_iter().chain(connections).collect(),
            variables: self.variables.clone(),
            machine: Machines::default(),
        }
    }
}

/// The files whose group holds one of the texts; all where there is no text. A package that was not fetched is an error.
pub(crate) fn select(filters: &[String]) -> Result<Vec<Subject>> {
    let is_asked = |name: &str| filters.is_empty() || filters.iter().any(|filter| name.contains(filter));
    let mut subjects = if is_asked(OWN) { own()? } else { Vec::new() };
    let packages: Vec<Package> =
        corpus::packages()?.into_iter().filter(|package| is_asked(&package.slug())).collect();
    let Some(jobs) = corpus::jobs(&packages)? else {
        bail!("the packages are not all fetched: run `cargo xtask corpus fetch`");
    };
    subjects.extend(jobs.into_iter().map(|job| Subject {
        group: job.package,
        file: job.file,
        root: job.root,
        path: job.path,
        include: vec![stand_ins()],
        source_airflow: None,
        inputs: Inputs::default(),
    }));
    if subjects.is_empty() {
        bail!("nothing to prove is called so");
    }
    Ok(subjects)
}

/// The stand-ins for Airflow's own test helpers.
pub(crate) fn stand_ins() -> PathBuf {
    project::root().join("xtask/parity/stand-ins")
}

/// The DAG files of the project's corpus, as the converter finds them; each case is a DAG folder of its own.
fn own() -> Result<Vec<Subject>> {
    let corpus = project::root().join("corpus");
    let mut subjects = Vec::new();
    for entry in walkdir::WalkDir::new(&corpus).min_depth(2).max_depth(2).sort_by_file_name() {
        let entry = entry?;
        let root = entry.path().to_owned();
        if !entry.file_type().is_dir() {
            continue;
        }
        let case = read_case(&root)?;
        let source_airflow = match case.source_airflow {
            Some(2) => Some(SourceAirflow::V2),
            Some(_) => Some(SourceAirflow::V3),
            None => None,
        };
        let options = DiscoverOptions {
            airflow_2: source_airflow == Some(SourceAirflow::V2),
            syntax: if case.airflowignore_syntax.as_deref() == Some("regexp") {
                IgnoreSyntax::Regexp
            } else {
                IgnoreSyntax::Glob
            },
            ..DiscoverOptions::default()
        };
        for path in discover(&root, &root, &options).files {
            subjects.push(Subject {
                group: OWN.to_owned(),
                file: path.strip_prefix(&corpus)?.to_owned(),
                path,
                include: case.include.iter().map(|include| root.join(include)).collect(),
                root: root.clone(),
                source_airflow,
                inputs: case.inputs(),
            });
        }
    }
    Ok(subjects)
}

fn read_case(folder: &Path) -> Result<Case> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", path.display()))
}

impl Subject {
    /// The converter's options for this file; which target does not matter to its DAGs.
    pub(crate) fn options(&self) -> Result<Options> {
        let home = self.inputs.machine.three.get("airflow-home");
        let home = home.map(|home| ("AIRFLOW_HOME".to_owned(), home.clone()));
        Ok(Options {
            source_airflow: self.source_airflow,
            // The loads have it in their environment.
            env: self.inputs.env.clone().into_iter().chain(home).collect(),
            variables: self.inputs.variables.clone(),
            machine: self.inputs.machine.three.clone(),
            include: self.include.clone(),
            // The DAGs are loaded where they lie, so that paths made from `__file__` agree.
            runtime_dags_folder: self.root.clone(),
            ..corpus::options("dag-factory")?
        })
    }

    /// Where Python imports modules from, behind the installed packages.
    pub(crate) fn import_path(&self) -> Vec<PathBuf> {
        std::iter::once(&self.root).chain(&self.include).cloned().collect()
    }
}
