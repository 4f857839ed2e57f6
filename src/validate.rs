//! Definitions written by hand, or by anything else: read as dag-factory's loader reads them, and held against a target by the very
//! rules that conversion uses.
//!
//! Owns the way from YAML text to the model, and what a rule's finding means for a definition that is there already. Never
//! fails: what is wrong is a diagnostic, at its place in the YAML.

use crate::dag::Dag;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources, Span};
use crate::target::{self, Places, RenderOptions, Target};
use crate::yaml::{self, Node};

mod block;
mod dates;
mod document;
mod graph;
mod judge;
mod kinds;
mod place;
mod task;

use place::Report;

/// What came out of a file.
#[derive(Debug, Default)]
pub struct Validation {
    /// The DAGs that the loader would make of it, each with the place of its key.
    pub dags: Vec<(String, Span)>,
    /// What there is to say, in no order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Validates the definitions of a file, one of `sources`, for a target. Of the options `now` counts, against which start dates are
/// held, and `packaged`, where a code package stands beside the definition.
pub fn validate(target: &Target, file: &SourceFile, sources: &Sources, options: RenderOptions) -> Validation {
    match yaml::read(file.text()) {
        Ok(root) => validate_document(target, file, &root, sources, options),
        Err(error) => {
            let mut report = Report::new(file.id());
            document::variables(file.text(), &mut report);
            document::broken(file, &error, &mut report);
            Validation { dags: Vec::new(), diagnostics: report.diagnostics }
        }
    }
}

/// [`validate`] of a file whose text was read already, as `root`.
pub(crate) fn validate_document(
    target: &Target,
    file: &SourceFile,
    root: &Node,
    sources: &Sources,
    options: RenderOptions,
) -> Validation {
    let mut report = Report::new(file.id());
    document::variables(file.text(), &mut report);
    document::scalars(root, file.text(), &mut report);
    let dags = block::dags(target, root, &mut report);
    let options = RenderOptions { path: file.path().to_owned(), places: Places::Definition, ..options };
    for dag in &dags {
        report.diagnostics.extend(rules(target, dag, &options, sources));
        let too_large = target::check_size(target, dag, file.text());
        report.diagnostics.extend(too_large);
    }
    Validation {
        dags: dags.into_iter().map(|dag| (dag.dag_id, dag.span)).collect(),
        diagnostics: report.diagnostics,
    }
}

/// What the rules of conversion say of a DAG, as it concerns a definition that is there already.
fn rules(target: &Target, dag: &Dag, options: &RenderOptions, sources: &Sources) -> Vec<Diagnostic> {
    let findings = target::check(target, dag, options, sources);
    findings.into_iter().filter_map(|finding| judge::judge(target, dag, finding)).collect()
}
