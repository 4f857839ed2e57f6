//! Targets: from the `Dag` model to a definition, or to the reasons why there is none.
//!
//! What a target accepts is data (`profiles/*.toml`, `operators.tsv`); what is more than a table is a rule (`rules/`). The rules work
//! on a draft of the definition, one after the other; what stands in the draft at the end is written. Owns no YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use ruff_python_ast::ModModule;

use crate::dag::Dag;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::source::{FileId, Sources};

mod civil;
mod context;
mod cron;
mod defaults;
mod describe;
mod draft;
mod embedded;
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
pub(crate) use loader::{Form, loader};
pub(crate) use operators::imports_callable;
pub use operators::{PYTHON_OPERATOR, current_class};
pub(crate) use operators::{takes, written_class};
pub use profile::{CodeKind, Impact, Mark, ParameterRow, ParametersOf, Target, Verdict};
pub(crate) use rules::{is_local, is_sensitive, moved};
pub use size::check_size;
pub use support::{Support, Supported, listed_by, support};

/// A task that a class of the code beside the definition makes, since the format cannot say it: a setup, a teardown, a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeTask {
    /// The import path of the class.
    pub path: String,
    /// The arguments that the class gives itself, so that they are not written.
    pub arguments: BTreeSet<String>,
}

/// What a rendering needs to know beside the DAG.
#[derive(Debug, Clone, Default)]
pub struct RenderOptions {
    /// The present, against which start dates are held.
    pub now: jiff::Timestamp,
    /// The Airflow Variables that the user supplied, for templates that read one and nothing else.
    pub variables: BTreeMap<String, String>,
    /// The DAG file.
    pub path: PathBuf,
    /// What findings about a part of a text point into.
    pub places: Places,
    /// The folders in which files may be read: that of the DAGs, then further ones.
    pub roots: Vec<PathBuf>,
    /// The path that the first of them has where the DAGs run.
    pub runtime_dags_folder: PathBuf,
    /// The first parts of the import paths that a code package brings; `None` where code is not to be packaged.
    pub packaged: Option<BTreeSet<String>>,
    /// The import path of the class whose objects stand for results of tasks, where the code beside the definition has it: it is
    /// called with `task_id`, and with `key` where that is not `return_value`.
    pub task_output: Option<String>,
    /// The tasks that classes of the code beside the definition make, by id.
    pub made: BTreeMap<String, MadeTask>,
    /// The arguments of the DAG, by their names of today, that the code beside the definition gives it.
    pub dag_options: BTreeSet<String>,
}

/// Where the parts of a text are to be found.
#[derive(Debug, Clone, Default)]
pub enum Places {
    /// In the string literals of the DAG file, which is parsed once more where somebody asks.
    #[default]
    Unparsed,
    /// In those of its syntax tree.
    Tree(FileId, Arc<ModModule>),
    /// The DAG is read from a definition, where a text is one place.
    Definition,
}

impl RenderOptions {
    /// Whether the code beside the definition gives a task the argument itself.
    pub(crate) fn gives(&self, task_id: &str, argument: &str) -> bool {
        self.made.get(task_id).is_some_and(|made| made.arguments.contains(argument))
    }

    /// Whether a code package brings the module.
    pub(crate) fn brings(&self, path: &str) -> bool {
        let top = path.split('.').next().unwrap_or(path);
        self.packaged.as_ref().is_some_and(|packaged| packaged.contains(top))
    }
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

/// All that the rules say of a DAG, what is only said of one that is written included.
pub(crate) fn check(
    target: &Target,
    dag: &Dag,
    options: &RenderOptions,
    sources: &Sources,
) -> Vec<Diagnostic> {
    drafted(target, dag, options, sources).diagnostics
}

fn drafted<'a>(
    target: &'a Target,
    dag: &'a Dag,
    options: &'a RenderOptions,
    sources: &'a Sources,
) -> draft::Draft<'a> {
    let mut draft = draft::Draft::new(target, dag, options, sources);
    for rule in rules::RULES {
        (rule.run)(&mut draft);
    }
    draft
}

/// A date that an author wrote as text; `None` for a form that is not known here.
pub(crate) fn parse_date(text: &str) -> Option<crate::datum::DateTime> {
    civil::parse(text, None)
}

/// Whether the target takes the key in `default_args`.
pub(crate) fn takes_in_default_args(target: &Target, key: &str) -> bool {
    target.default_args.as_ref().is_none_or(|default_args| default_args.keys.iter().any(|known| known == key))
}

/// Renders a DAG for a target. `sources` are those that the spans of the model point to.
///
/// Every argument of the DAG and of its tasks is in the definition, or a diagnostic names the task and the parameter.
pub fn render(target: &Target, dag: &Dag, options: &RenderOptions, sources: &Sources) -> Rendering {
    let mut draft = drafted(target, dag, options, sources);
    let refused = dag.findings.iter().chain(&draft.diagnostics).any(Diagnostic::is_error);
    let diagnostics = std::mem::take(&mut draft.diagnostics);
    // The notes of the rules say how things are written, and of a refused DAG nothing is; so do those about its code.
    let diagnostics = diagnostics.into_iter().filter(|record| !refused || record.severity != Severity::Note);
    let is_of_code = |record: &&Diagnostic| [codes::CODE_MODULE, codes::PACKAGED_CODE].contains(&record.code);
    let diagnostics: Vec<Diagnostic> = dag
        .findings
        .iter()
        .filter(|record| !refused || !is_of_code(record))
        .cloned()
        .chain(diagnostics)
        .collect();
    let mut seen = std::collections::HashSet::with_capacity(diagnostics.len());
    let is_first: Vec<bool> = diagnostics.iter().map(|record| seen.insert(record)).collect();
    let diagnostics = diagnostics.into_iter().zip(is_first);
    let diagnostics = diagnostics.filter_map(|(record, is_first)| is_first.then_some(record)).collect();
    Rendering { definition: (!refused).then(|| write::definition(&draft)), diagnostics }
}
