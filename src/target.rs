//! Targets: from the `Dag` model to a definition, or to the reasons why there is none.
//!
//! What a target accepts is data (`profiles/*.toml`, `operators.tsv`); what is more than a table is a rule (`rules/`). The rules work
//! on a draft of the definition, one after the other; what stands in the draft at the end is written. Owns no YAML.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::dag::Dag;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

mod civil;
mod context;
mod cron;
mod defaults;
mod describe;
mod draft;
mod literal;
mod loader;
mod operators;
mod profile;
mod rendered;
mod rules;
mod size;
mod support;
mod template;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod write;

pub use describe::{Description, ParameterFacts, describe};
pub use profile::{Impact, Mark, ParameterRow, ParametersOf, Target, Verdict};
pub(crate) use rules::is_sensitive;
pub use size::check_size;
pub use support::{Support, Supported, listed_by, support};

/// What a rendering needs to know beside the DAG.
#[derive(Debug, Clone, Default)]
pub struct RenderOptions {
    /// The present, against which start dates are held.
    pub now: jiff::Timestamp,
    /// The Airflow Variables that the user supplied, for templates that read one and nothing else.
    pub variables: BTreeMap<String, String>,
    /// The DAG file.
    pub path: PathBuf,
    /// The folders in which files may be read: that of the DAGs, then further ones.
    pub roots: Vec<PathBuf>,
    /// The path that the first of them has where the DAGs run.
    pub runtime_dags_folder: PathBuf,
}

/// What became of a DAG.
#[derive(Debug, Clone)]
pub struct Rendering {
    /// The definition: a mapping of one key, the dag_id, to the DAG's block. `None` where the DAG is refused; then at least one
    /// diagnostic is an error.
    pub definition: Option<Datum>,
    /// What there is to say, the model's own findings first, none twice.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders a DAG for a target. `sources` are those that the spans of the model point to.
///
/// Every argument of the DAG and of its tasks is in the definition, or a diagnostic names the task and the parameter.
pub fn render(target: &Target, dag: &Dag, options: &RenderOptions, sources: &Sources) -> Rendering {
    let mut draft = draft::Draft::new(target, dag, options, sources);
    for rule in rules::RULES {
        (rule.run)(&mut draft);
    }
    let mut seen = std::collections::HashSet::new();
    let refused = dag.findings.iter().chain(&draft.diagnostics).any(Diagnostic::is_error);
    let diagnostics = std::mem::take(&mut draft.diagnostics);
    // The notes of the rules say how things are written, and of a refused DAG nothing is.
    let diagnostics = diagnostics.into_iter().filter(|record| !refused || record.severity != Severity::Note);
    let diagnostics: Vec<Diagnostic> = dag
        .findings
        .iter()
        .cloned()
        .chain(diagnostics)
        .filter(|record| seen.insert(record.clone()))
        .collect();
    Rendering { definition: (!refused).then(|| write::definition(&draft)), diagnostics }
}
