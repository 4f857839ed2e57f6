//! The size of a written definition against the target's limit.

use super::profile::Target;
use crate::dag::Dag;
use crate::diagnostic::{Diagnostic, codes};

/// The record about a definition that is too large for `target`, from the YAML as it would be written.
pub fn check_size(target: &Target, dag: &Dag, yaml: &str) -> Option<Diagnostic> {
    let limit = target.limits.definition_bytes.as_ref()?.value;
    let size = yaml.len();
    if u64::try_from(size).is_ok_and(|size| size <= limit) {
        return None;
    }
    let message = format!("the definition has {size} bytes, and the limit is {limit}");
    Some(
        Diagnostic::error(codes::DEFINITION_TOO_LARGE, dag.span, message)
            .dag(&dag.dag_id)
            .help("split the DAG, or move long texts to S3"),
    )
}
