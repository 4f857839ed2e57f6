//! What a finding of the rules means for a definition that is there: what conversion would only have put differently is, by hand,
//! mostly an error.

use crate::catalog;
use crate::dag::Dag;
use crate::diagnostic::{Code, Diagnostic, Disposition, Severity, codes};
use crate::target::{Target, takes_in_default_args};

/// Findings about how conversion would have written something, and the error that each is in a definition, if it is one.
const REWRITTEN: &[(Code, Option<(Code, &str)>)] = &[
    (codes::CHANGED_FORM, None),
    (codes::IMPLIED_DEFAULT, None),
    (
        codes::MAPPING_UNROLLED,
        Some((codes::DYNAMIC_MAPPING, "the target has no dynamic mapping, so `expand` cannot be loaded")),
    ),
    (codes::REMOVED_PARAMETER, Some((codes::UNKNOWN_PARAMETER, "Airflow 3 takes no such parameter"))),
    (codes::RENAMED_PARAMETER, Some((codes::UNKNOWN_PARAMETER, "the parameter has another name today"))),
    (codes::REPLACED_CLASS, Some((codes::UNSUPPORTED_OPERATOR, "the class is gone"))),
    (codes::RESULT_AS_TEXT, None),
    (
        codes::SCHEDULE_CHANGED,
        Some((codes::UNSUPPORTED_SCHEDULE, "the schedule is in no form that the target takes")),
    ),
    (codes::SCHEDULE_INTERVAL_SHIFT, None),
    (codes::SERVICE_DEFAULT, None),
    // Either an error of the structure, or the groups stand as they were written.
    (codes::TASK_GROUPS_FLATTENED, None),
    // Where a value could not be loaded, that is said already.
    (codes::UNKNOWN_VALUE, None),
];

/// The finding as it concerns a definition; nothing where it does not.
pub(super) fn judge(target: &Target, dag: &Dag, finding: Diagnostic) -> Option<Diagnostic> {
    if let Some((_, message)) = REWRITTEN.iter().find(|(code, _)| *code == finding.code) {
        return message.map(|(code, message)| as_error(code, finding, message));
    }
    if finding.code == codes::DEFAULT_ARGS_MOVED {
        return default_args(target, finding);
    }
    if finding.code == codes::MOVED_NAME {
        return Some(moved(dag, finding));
    }
    let may_be_packaged = finding.code == codes::NEEDS_CODE_PACKAGE
        || finding.code == codes::UNSUPPORTED_OPERATOR && comes_in_package(target, dag, &finding);
    if may_be_packaged && finding.is_error() {
        return Some(code_package(target, finding));
    }
    // dag-factory loads a DAG with arguments that it does not know, and passes them over.
    if finding.code == codes::UNSUPPORTED_PARAMETER && finding.is_error() && finding.task_id.is_none() {
        let parameter = finding.parameter.clone().unwrap_or_default();
        let message = format!("`{parameter}` is passed over by the loader");
        return Some(Diagnostic {
            severity: Severity::Warning,
            disposition: Disposition::Dropped,
            message,
            ..finding
        });
    }
    // Of a definition nothing is left out before it is loaded.
    let message = finding
        .message
        .replace("is left out, which changes nothing for", "changes nothing that runs, and is ignored by");
    Some(Diagnostic { message, ..finding })
}

/// An error with a message of its own; how conversion would have written it is the help.
fn as_error(code: Code, finding: Diagnostic, message: &str) -> Diagnostic {
    if finding.is_error() {
        return finding;
    }
    Diagnostic {
        code,
        severity: Severity::Error,
        disposition: Disposition::Refused,
        message: message.to_owned(),
        help: Some(finding.message),
        ..finding
    }
}

fn default_args(target: &Target, finding: Diagnostic) -> Option<Diagnostic> {
    let parameter = finding.parameter.clone()?;
    let is_dags = finding.task_id.is_none();
    (is_dags && !takes_in_default_args(target, &parameter)).then(|| {
        let message = format!("the service takes no `{parameter}` in `default_args`");
        Diagnostic {
            help: Some("set it on the tasks that use it".to_owned()),
            ..as_error(codes::INVALID_DEFINITION, finding, &message)
        }
    })
}

/// An old path works as far as Airflow 3 has it.
fn moved(dag: &Dag, finding: Diagnostic) -> Diagnostic {
    let task = dag.tasks.iter().find(|task| Some(&task.task_id) == finding.task_id.as_ref());
    if task.is_some_and(|task| catalog::exists_in_3(&task.operator.path)) {
        return finding;
    }
    as_error(codes::UNSUPPORTED_OPERATOR, finding, "the class cannot be imported from this path any more")
}

/// Whether the class of a finding's task is one that a code package can hold: of the project, or of a provider that the
/// service does not have.
fn comes_in_package(target: &Target, dag: &Dag, finding: &Diagnostic) -> bool {
    let task = dag.tasks.iter().find(|task| Some(&task.task_id) == finding.task_id.as_ref());
    task.is_some_and(|task| {
        let path = &task.operator.path;
        path.contains('.') && (!path.starts_with("airflow.") || target.lacks_provider(path))
    })
}

/// Whether there is a code package beside the definition cannot be seen in it.
fn code_package(target: &Target, finding: Diagnostic) -> Diagnostic {
    if !target.takes_package() {
        return finding;
    }
    Diagnostic {
        severity: Severity::Warning,
        disposition: Disposition::Assumed,
        help: Some("deploy it with a code package that holds the code".to_owned()),
        ..finding
    }
}
