//! One file in, its definitions and findings out.
//!
//! Owns what `cli` and the conversion agree on: the options of a run, and what became of a file. The rest of this file
//! stands in until the evaluator is there: it parses, and finds no DAG.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ruff_text_size::Ranged as _;

use crate::dag::{Dag, SourceAirflow};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{Sources, Span};

/// The names under which a target can be asked for.
pub const TARGETS: &[&str] =
    &["mwaa-serverless", "mwaa-serverless@2026-08", "mwaa-serverless@2025-11", "dag-factory"];

/// What a run knows beside the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The target, one of `TARGETS`.
    pub target: String,
    /// The Airflow that the files are written for; `None` lets each file tell.
    pub source_airflow: Option<SourceAirflow>,
    /// What `os.environ` holds.
    pub env: BTreeMap<String, String>,
    /// Airflow Variables by name; what is not a string is JSON text, as Airflow keeps it.
    pub variables: BTreeMap<String, String>,
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
}

/// Converts the files of a run. Shared by threads.
#[derive(Debug)]
pub struct Converter {
    sources: Sources,
    #[expect(dead_code, reason = "the evaluator reads them")]
    options: Options,
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
    /// What the models of the DAGs hold, converted and refused ones alike, in the order in which they were made.
    pub dags: Vec<DagSummary>,
}

/// What the model of one DAG holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DagSummary {
    /// Its id.
    pub dag_id: String,
    /// How many tasks it has.
    pub tasks: usize,
    /// How many edges it has.
    pub edges: usize,
    /// The version of Airflow it is written for.
    pub source_airflow: SourceAirflow,
}

impl From<&Dag> for DagSummary {
    fn from(dag: &Dag) -> Self {
        Self {
            dag_id: dag.dag_id.clone(),
            tasks: dag.tasks.len(),
            edges: dag.edges.len(),
            source_airflow: dag.source_airflow,
        }
    }
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
    /// Whether something was dropped, changed or assumed.
    pub has_losses: bool,
}

impl Converter {
    /// Makes the converter of a run.
    pub fn new(options: Options) -> Self {
        Self { sources: Sources::default(), options }
    }

    /// The files that were read, to which the spans of all diagnostics point.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Converts the file at `path`, which belongs to the DAG folder `root`. Each may be relative to the current
    /// directory; `source::below` gives the path of the one below the other.
    pub fn convert_file(&self, _root: &Path, path: &Path) -> Conversion {
        let mut conversion = Conversion { path: path.to_owned(), ..Conversion::default() };
        match self.sources.read(path) {
            Err(error) => conversion.diagnostics.push(Diagnostic::file_error(
                codes::UNREADABLE_FILE,
                path,
                error.to_string(),
            )),
            Ok(file) => {
                if let Err(error) = ruff_python_parser::parse_module(file.text()) {
                    let span = Span::new(file.id(), error.range());
                    conversion.diagnostics.push(Diagnostic::error(
                        codes::SYNTAX_ERROR,
                        span,
                        error.error.to_string(),
                    ));
                }
            }
        }
        conversion
    }
}
