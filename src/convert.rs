//! One file in, its definitions and findings out.
//!
//! Owns the way of a file through the layers: parse, evaluate (in as many worlds as it takes to tell what the model depends on),
//! render for the target, write, read back. Never fails: what went wrong is a diagnostic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::dag::{Dag, SourceAirflow};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Assume, Limits, Outside, World};
use crate::parse::{Problem, parse};
use crate::source::{DiscoverOptions, FileId, Sources, Span, discover};
use crate::target::{self, RenderOptions, Target};
use crate::yaml;

pub mod inputs;
mod library;
mod model;
mod worlds;

/// What a run knows beside the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The target.
    pub target: &'static Target,
    /// The Airflow that the files are written for; `None` lets each file tell.
    pub source_airflow: Option<SourceAirflow>,
    /// What `os.environ` holds.
    pub env: BTreeMap<String, String>,
    /// Airflow Variables by name; what is not a string is JSON text, as Airflow keeps it.
    pub variables: BTreeMap<String, String>,
    /// Airflow Connections by id, each as the URI or the JSON that Airflow keeps.
    pub connections: BTreeMap<String, String>,
    /// Values of the Airflow configuration by `section.key`, in lower case.
    pub config: BTreeMap<String, String>,
    /// Further folders to import local modules from and to read files in.
    pub include: Vec<PathBuf>,
    /// The path that the DAG folder has where the DAGs run.
    pub runtime_dags_folder: PathBuf,
    /// What the clock shows.
    pub now: jiff::Timestamp,
    /// Let defaults in the code decide structure, ids and schedules too.
    pub assume_defaults: bool,
    /// Import paths of callables that change nothing they are given.
    pub pure: Vec<String>,
    /// How DAG files are found: a DAG that another DAG file makes belongs to that one.
    pub discovery: DiscoverOptions,
}

/// Converts the files of a run. Shared by threads.
#[derive(Debug)]
pub struct Converter {
    sources: Arc<Sources>,
    options: Options,
    /// The DAG files below each DAG folder, where somebody asked.
    dag_files: Mutex<BTreeMap<PathBuf, Arc<Vec<PathBuf>>>>,
}

/// What became of one file. Converting never fails: what went wrong is among the diagnostics.
#[derive(Debug, Default)]
pub struct Conversion {
    /// The file, as it was given.
    pub path: PathBuf,
    /// The definitions of the DAGs that were converted.
    pub definitions: Vec<Definition>,
    /// The dag_ids of those that were found and refused.
    pub refused: Vec<String>,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// How many DAGs the file has, those without a known id included.
    pub dags_found: usize,
    /// The models of its DAGs, converted or not.
    pub models: Vec<Dag>,
    /// What its code reads from outside of the files.
    pub outside: Vec<Outside>,
}

/// The definition of one DAG.
#[derive(Debug)]
pub struct Definition {
    /// Its id.
    pub dag_id: String,
    /// The whole text of the file to be written.
    pub yaml: String,
    /// The call that made the DAG.
    pub span: Span,
}

impl Converter {
    /// Makes the converter of a run.
    pub fn new(options: Options) -> Self {
        Self { sources: Arc::default(), options, dag_files: Mutex::default() }
    }

    /// The files that were read, to which the spans of all diagnostics point.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether Airflow finds a file below the DAG folder by itself.
    fn is_dag_file(&self, root: &Path, path: &Path) -> bool {
        let mut known = self.dag_files.lock().unwrap_or_else(PoisonError::into_inner);
        let files = known
            .entry(root.to_owned())
            .or_insert_with(|| Arc::new(discover(root, root, &self.options.discovery).files));
        files.iter().any(|file| file == path)
    }

    /// Converts the file at `path`, which belongs to the DAG folder `root`. Each may be relative to the current
    /// directory; `source::below` gives the path of the one below the other.
    pub fn convert_file(&self, root: &Path, path: &Path) -> Conversion {
        let mut conversion = Conversion { path: path.to_owned(), ..Conversion::default() };
        let file = match self.sources.read(path) {
            Ok(file) => file,
            Err(error) => {
                conversion.diagnostics.push(Diagnostic::file_error(
                    codes::UNREADABLE_FILE,
                    path,
                    error.to_string(),
                ));
                return conversion;
            }
        };
        let module = match parse(file.text()) {
            Ok(module) => module,
            Err(problem) => {
                conversion.diagnostics.push(syntax_error(&problem, file.id()));
                return conversion;
            }
        };
        let evaluated = worlds::model(self, self.world(root), &file, &module);
        conversion.outside = evaluated.outside;
        conversion.diagnostics = evaluated.diagnostics;
        conversion.dags_found = evaluated.dags.len();
        for dag in evaluated.dags {
            self.write(root, &dag, &mut conversion);
            conversion.models.push(dag);
        }
        conversion
    }

    /// The outside as the options of the run have it.
    fn world(&self, root: &Path) -> World {
        World {
            env: self.options.env.clone(),
            variables: self.options.variables.clone(),
            connections: self.options.connections.clone(),
            config: self.options.config.clone(),
            hidden: None,
            hide_connection_secrets: false,
            now: self.options.now,
            assume: Assume::Unknown,
            reverse_sets: false,
            root: root.to_owned(),
            include: self.options.include.clone(),
            runtime_dags_folder: self.options.runtime_dags_folder.clone(),
            pure: self.options.pure.clone(),
            limits: Limits::default(),
        }
    }

    /// Renders, writes and reads back the definition of one DAG.
    fn write(&self, root: &Path, dag: &Dag, conversion: &mut Conversion) {
        let options = RenderOptions {
            now: self.options.now,
            variables: self.options.variables.clone(),
            path: conversion.path.clone(),
            roots: std::iter::once(root)
                .chain(self.options.include.iter().map(PathBuf::as_path))
                .map(Path::to_owned)
                .collect(),
            runtime_dags_folder: self.options.runtime_dags_folder.clone(),
        };
        let rendering = target::render(self.options.target, dag, &options, &self.sources);
        conversion.diagnostics.extend(rendering.diagnostics.iter().cloned());
        let Some(definition) = rendering.definition else {
            conversion.refused.push(dag.dag_id.clone());
            return;
        };
        let refuse = |conversion: &mut Conversion, finding: Diagnostic| {
            conversion.diagnostics.push(finding);
            conversion.refused.push(dag.dag_id.clone());
        };
        let yaml = match yaml::write(&definition) {
            Ok(yaml) => yaml,
            Err(error) => {
                let message = format!("the definition cannot hold this: {error}");
                let finding = Diagnostic::error(codes::INEXPRESSIBLE, dag.span, message).dag(&dag.dag_id);
                return refuse(conversion, finding);
            }
        };
        if let Err(mismatch) = yaml::check(&yaml, &definition) {
            let message = format!("the written definition does not read back as meant: {mismatch}");
            let finding = Diagnostic::error(codes::INTERNAL_ERROR, dag.span, message)
                .dag(&dag.dag_id)
                .help("this is a fault of the converter; please report it with the DAG");
            return refuse(conversion, finding);
        }
        if let Some(finding) = target::check_size(self.options.target, dag, &yaml) {
            return refuse(conversion, finding);
        }
        conversion.definitions.push(Definition { dag_id: dag.dag_id.clone(), yaml, span: dag.span });
    }
}

fn syntax_error(problem: &Problem, file: FileId) -> Diagnostic {
    let finding =
        Diagnostic::error(codes::SYNTAX_ERROR, Span::new(file, problem.range), problem.message.clone());
    if problem.python2 {
        return finding
            .help("this looks like Python 2; Airflow 2 and 3 run on Python 3 (`2to3` rewrites most of it)");
    }
    finding
}
