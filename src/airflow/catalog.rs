//! What is known of operators by import path: their parameters and template fields. The catalogue is asked here alone.

use crate::catalog::{OperatorInfo, Resolved, operator, resolve};

/// The parameters of `BaseOperator` in any version since 1.10, sorted.
///
/// Source: `BaseOperator.__init__` of 1.10.15, 2.10.5 and 3.0.6.
pub const BASE_PARAMETERS: &[&str] = &[
    "allow_nested_operators",
    "depends_on_past",
    "do_xcom_push",
    "doc",
    "doc_json",
    "doc_md",
    "doc_rst",
    "doc_yaml",
    "email",
    "email_on_failure",
    "email_on_retry",
    "end_date",
    "execution_timeout",
    "executor",
    "executor_config",
    "ignore_first_depends_on_past",
    "inlets",
    "logger_name",
    "map_index_template",
    "max_active_tis_per_dag",
    "max_active_tis_per_dagrun",
    "max_retry_delay",
    "multiple_outputs",
    "on_execute_callback",
    "on_failure_callback",
    "on_retry_callback",
    "on_skipped_callback",
    "on_success_callback",
    "outlets",
    "owner",
    "params",
    "pool",
    "pool_slots",
    "post_execute",
    "pre_execute",
    "priority_weight",
    "queue",
    "resources",
    "retries",
    "retry_delay",
    "retry_exponential_backoff",
    "run_as_user",
    "sla",
    "start_date",
    "task_concurrency",
    "task_display_name",
    "trigger_rule",
    "wait_for_downstream",
    "wait_for_past_depends_before_skipping",
    "weight_rule",
];

fn info(path: &str) -> Option<OperatorInfo> {
    operator(path).or_else(|| resolve(path).and_then(Resolved::path).and_then(operator))
}

/// The template fields of the operator at an import path, if it is known under any of its paths.
pub fn template_fields(path: &str) -> Option<Vec<String>> {
    info(path).map(|info| info.template_fields().map(str::to_owned).collect())
}

/// Whether the operator at an import path takes a parameter besides those of `BaseOperator`, if it is known.
pub fn takes(path: &str, name: &str) -> Option<bool> {
    info(path).map(|info| info.takes(name))
}

/// Whether the class at an import path is an operator that is known.
pub fn is_operator(path: &str) -> bool {
    // A path that is gone may have been any class's.
    info(path).is_some()
}

/// Whether the operator at one import path is, or derives from, that at another, as far as is known.
pub fn derives_from(path: &str, other: &str) -> Option<bool> {
    if path == other || other.ends_with(".BaseOperator") {
        return Some(true);
    }
    Some(info(path)?.derives_from(info(other)?.path()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn base_parameters_are_sorted() {
        assert!(super::BASE_PARAMETERS.is_sorted());
    }
}
