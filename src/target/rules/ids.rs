//! DAG and task ids: valid for the target, not reserved by the loader, and unique.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::Draft;

/// The longest id that Airflow takes, in characters. Source: `airflow.utils.helpers.validate_key` of 3.0.6.
const LONGEST: usize = 250;

/// What stands for an id that is not known; the model has refused such a DAG.
const UNKNOWN: &str = "?";

pub(super) fn run(draft: &mut Draft<'_>) {
    let ids = &draft.target.ids;
    let valid = |id: &str| !id.is_empty() && id.chars().count() <= LONGEST && ids.pattern.is_match(id);
    let dag = draft.dag;
    let mut findings = Vec::new();
    if dag.dag_id != UNKNOWN && !valid(&dag.dag_id) {
        findings.push(
            Diagnostic::error(
                codes::INVALID_ID,
                dag.span,
                format!("the DAG id is none that {} takes", draft.target.called()),
            )
            .help("use up to 250 letters, digits, `_`, `.` and `-`"),
        );
    }
    if ids.reserved.contains(&dag.dag_id) {
        findings.push(Diagnostic::error(
            codes::INVALID_ID,
            dag.span,
            format!("dag-factory takes the key `{}` for itself and would make no DAG of it", dag.dag_id),
        ));
    }
    let mut seen = HashSet::new();
    for task in dag.tasks.iter().filter(|task| task.task_id != UNKNOWN) {
        if !valid(&task.task_id) {
            findings.push(
                Diagnostic::error(
                    codes::INVALID_ID,
                    task.span,
                    format!("the task id is none that {} takes", draft.target.called()),
                )
                .task(&task.task_id)
                .help("use up to 250 letters, digits, `_`, `.` and `-`"),
            );
        }
        if !seen.insert(task.task_id.as_str()) {
            findings.push(
                Diagnostic::error(codes::DUPLICATE_TASK, task.span, "a task of this id is there already")
                    .task(&task.task_id),
            );
        }
    }
    for finding in findings {
        draft.report(finding);
    }
}
