//! Operators: which the target takes, under which path, and what to use instead of those that it does not take.

use crate::catalog::{self, Move};
use crate::dag::OperatorKind;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::draft::Draft;
use crate::target::loader::loader;
use crate::target::operators::{self, Place, class_name, listed};
use crate::target::profile::{Mark, Target};

pub(super) fn run(draft: &mut Draft<'_>) {
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        let finding = match &task.operator.kind {
            OperatorKind::Decorated { decorator } => decorated(draft, place, decorator),
            OperatorKind::Subclass { base } => subclass(draft, place, base),
            OperatorKind::Class => class(draft, place),
        };
        if let Some(finding) = finding {
            draft.tasks[place].refused = finding.is_error();
            draft.report(finding.task(&task.task_id));
        }
    }
}

fn needs_code_package(target: &Target, span: Span, what: &str) -> Diagnostic {
    let help = if target.takes_package() {
        "let the code package be written (`--code zip`), or use an operator of an AWS service"
    } else {
        "`--target mwaa-serverless@2026-08` writes code packages; here use an operator of an AWS service"
    };
    let message = format!("{what} runs code that a definition cannot hold");
    Diagnostic::error(codes::NEEDS_CODE_PACKAGE, span, message).help(help)
}

fn decorated(draft: &mut Draft<'_>, place: usize, decorator: &str) -> Option<Diagnostic> {
    let span = draft.tasks[place].task.span;
    if draft.target.is_service() {
        if decorator == "task" || draft.options.packaged.is_none() {
            let what = format!("a function under `@{decorator}`");
            return Some(needs_code_package(draft.target, span, &what));
        }
        let message = format!("{} has no task of the kind `@{decorator}`", draft.target.called());
        let finding = Diagnostic::error(codes::UNSUPPORTED_OPERATOR, span, message);
        return Some(finding.help(instead_of(decorator)));
    }
    let Some(path) = loader().decorators.get(decorator) else {
        let message = format!("a definition cannot say `@{decorator}`");
        return Some(Diagnostic::error(codes::UNSUPPORTED_OPERATOR, span, message));
    };
    draft.tasks[place].operator.clone_from(path);
    None
}

/// What comes nearest to a kind of Python task that the service does not run.
fn instead_of(kind: &str) -> &'static str {
    match kind {
        "task.branch" | "task.branch_virtualenv" | "task.branch_external_python" | "BranchPythonOperator" => {
            "let each task of the branches begin with the check, or start another workflow from a plain `@task`"
        }
        "task.short_circuit" | "ShortCircuitOperator" => {
            "raise `AirflowSkipException` from a plain `@task`: what follows it is skipped"
        }
        "task.sensor" | "PythonSensor" => {
            "use a sensor of an AWS service, or let a plain `@task` raise until it is so, with `retries`"
        }
        "task.virtualenv"
        | "task.external_python"
        | "PythonVirtualenvOperator"
        | "ExternalPythonOperator" => "use a plain `@task`, with the distributions in the code package",
        "task.bash" => "use BashOperator, or `subprocess` in a plain `@task`",
        "task.docker" | "task.kubernetes" | "task.kubernetes_cmd" => {
            "use `EcsRunTaskOperator` or `EksPodOperator`"
        }
        _ => "use a plain `@task`",
    }
}

fn subclass(draft: &mut Draft<'_>, place: usize, base: &str) -> Option<Diagnostic> {
    let task = draft.tasks[place].task;
    let name = &task.operator.name;
    if let Some(finding) = refused(draft.target, &operators::current_class(base), task.span) {
        return Some(finding);
    }
    if draft.options.brings(&task.operator.path) {
        return None;
    }
    if draft.target.is_service() {
        let what = format!("`{name}`, a class of this project,");
        return Some(needs_code_package(draft.target, task.span, &what));
    }
    Some(needs_module(&task.operator.path, task.span))
}

fn needs_module(path: &str, span: Span) -> Diagnostic {
    let message = format!("`{path}` must be importable where the definition is loaded");
    Diagnostic::warning(codes::NEEDS_MODULE, Disposition::Assumed, span, message).parameter("operator")
}

fn class(draft: &mut Draft<'_>, place: usize) -> Option<Diagnostic> {
    let target = draft.target;
    let task = draft.tasks[place].task;
    let written = task.operator.path.as_str();
    if let Some(finding) = refused(target, written, task.span) {
        return Some(finding);
    }
    let path = match operators::place(written) {
        Place::Current(_) if target.operators.any => written.to_owned(),
        Place::Current(path) => path,
        Place::Moved { to, how } => {
            moved(draft, place, to, how);
            to.to_owned()
        }
        Place::Gone { last } => {
            let message = format!(
                "`{}` is gone: the last to have it was {}",
                class_name(written),
                last.replace("==", " ")
            );
            let finding = Diagnostic::error(codes::UNSUPPORTED_OPERATOR, task.span, message);
            return Some(with_alternative(target, class_name(written), finding));
        }
        Place::Unknown => written.to_owned(),
    };
    draft.tasks[place].operator.clone_from(&path);
    if let Some(finding) = refused(target, &path, task.span) {
        return Some(finding);
    }
    if target.operators.any {
        if !path.starts_with("airflow.") && operators::info(&path).is_none() {
            return Some(needs_module(&path, task.span));
        }
        return missing(&path, task.span);
    }
    let name = class_name(&path);
    if let Some(listed) = listed(target, &path) {
        let promised = listed.marks.iter().any(|mark| matches!(mark, Mark::G | Mark::D));
        return (!promised).then(|| {
            let message = format!("the guide does not list `{name}`; AWS's published tools do");
            Diagnostic::note(codes::UNPROMISED, task.span, message).parameter("operator")
        });
    }
    if target.needs_code(&path) {
        let missing = draft.options.packaged.is_none();
        return missing.then(|| needs_code_package(target, task.span, &format!("`{name}`")));
    }
    // The package carries the class, or the provider, which the requirements name.
    if draft.options.brings(&path) || draft.options.packaged.is_some() && target.lacks_provider(&path) {
        return None;
    }
    let message = format!("{} does not offer `{name}`", target.called());
    let finding = Diagnostic::error(codes::UNSUPPORTED_OPERATOR, task.span, message);
    Some(with_alternative(target, name, finding))
}

fn moved(draft: &mut Draft<'_>, place: usize, to: &str, how: Move) {
    let task = draft.tasks[place].task;
    let written = &task.operator.path;
    let note = match how {
        Move::Moved | Move::Renamed => {
            Diagnostic::note(codes::MOVED_NAME, task.span, format!("`{written}` is `{to}` today"))
                .disposition(Disposition::Changed)
        }
        // The successor of another class may work otherwise, so this is more than a name.
        Move::Replaced => {
            draft.tasks[place].replaced = true;
            let message = format!("`{written}` is gone, and `{to}` takes its place");
            Diagnostic::warning(codes::REPLACED_CLASS, Disposition::Changed, task.span, message)
                .help("compare what the two do")
        }
    };
    draft.report(note.task(&task.task_id).parameter("operator"));
}

/// The record about a class that Airflow's own packages ought to have and do not.
fn missing(path: &str, span: Span) -> Option<Diagnostic> {
    let own = path.starts_with("airflow.") && !path.starts_with("airflow.providers.");
    if !own || operators::info(path).is_some() || catalog::exists_in_3(path) {
        return None;
    }
    let message = format!("Airflow 3 has no `{path}`");
    Some(Diagnostic::error(codes::UNSUPPORTED_OPERATOR, span, message))
}

fn with_alternative(target: &Target, name: &str, finding: Diagnostic) -> Diagnostic {
    match alternative(target, name) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

fn refused(target: &Target, path: &str, span: Span) -> Option<Diagnostic> {
    let reason = target.operators.refused.get(path)?;
    let message = format!("{} does not offer `{}`", target.called(), class_name(path));
    Some(Diagnostic::error(codes::UNSUPPORTED_OPERATOR, span, message).help(reason))
}

/// What to use instead: by hand for what most files use, else the supported name that is most alike.
fn alternative(target: &Target, name: &str) -> Option<String> {
    match name {
        "EmptyOperator" | "DummyOperator" => {
            return Some("leave it out, and draw the edges past it".to_owned());
        }
        "SubDagOperator" => return Some("use a TaskGroup".to_owned()),
        "BranchPythonOperator"
        | "ShortCircuitOperator"
        | "PythonSensor"
        | "PythonVirtualenvOperator"
        | "ExternalPythonOperator"
            if target.takes_package() =>
        {
            return Some(instead_of(name).to_owned());
        }
        _ => {}
    }
    if let Some(near) = operators::nearest(target, name) {
        return Some(format!("`{near}` is supported"));
    }
    target.is_service().then(|| {
        "use an operator of an AWS service; code of your own runs in `LambdaInvokeFunctionOperator`, `EcsRunTaskOperator` or `GlueJobOperator`"
            .to_owned()
    })
}
