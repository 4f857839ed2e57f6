//! Operators: which the target takes, under which path, and what to use instead of those that it does not take.

use crate::dag::OperatorKind;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::target::draft::Draft;
use crate::target::loader::loader;
use crate::target::operators::{class_name, listed, resolve, supported};
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
            draft.report(finding.task(&task.task_id));
        }
    }
}

fn needs_code_package(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(
        codes::NEEDS_CODE_PACKAGE,
        span,
        format!("{what} runs code that a definition cannot hold"),
    )
    .help("code packages are not written yet; use an operator of an AWS service, or `--target dag-factory`")
}

fn decorated(draft: &mut Draft<'_>, place: usize, decorator: &str) -> Option<Diagnostic> {
    let span = draft.tasks[place].task.span;
    if draft.target.is_service() {
        return Some(needs_code_package(span, &format!("a function under `@{decorator}`")));
    }
    let Some(path) = loader().decorators.get(decorator) else {
        let message = format!("a definition cannot say `@{decorator}`");
        return Some(Diagnostic::error(codes::UNSUPPORTED_OPERATOR, span, message));
    };
    draft.tasks[place].operator.clone_from(path);
    None
}

fn subclass(draft: &mut Draft<'_>, place: usize, base: &str) -> Option<Diagnostic> {
    let task = draft.tasks[place].task;
    let name = &task.operator.name;
    if draft.target.is_service() {
        return Some(needs_code_package(task.span, &format!("`{name}`, a class of this project,")));
    }
    if let Some(finding) = refused(draft.target, base, task.span) {
        return Some(finding);
    }
    let message = format!("`{}` must be importable where the definition is loaded", task.operator.path);
    Some(
        Diagnostic::warning(codes::NEEDS_MODULE, crate::diagnostic::Disposition::Assumed, task.span, message)
            .parameter("operator"),
    )
}

fn class(draft: &mut Draft<'_>, place: usize) -> Option<Diagnostic> {
    let target = draft.target;
    let task = draft.tasks[place].task;
    let written = task.operator.path.as_str();
    let path = resolve(written).unwrap_or_else(|| written.to_owned());
    if path != written {
        let message = format!("`{written}` is `{path}` today");
        draft.report(
            Diagnostic::note(codes::MOVED_NAME, task.span, message)
                .disposition(crate::diagnostic::Disposition::Changed)
                .task(&task.task_id)
                .parameter("operator"),
        );
    }
    draft.tasks[place].operator.clone_from(&path);
    for path in [written, path.as_str()] {
        if let Some(finding) = refused(target, path, task.span) {
            return Some(finding);
        }
    }
    if target.operators.any {
        return None;
    }
    let name = class_name(&path);
    if let Some(listed) = listed(target, &path) {
        let promised = listed.marks.iter().any(|mark| matches!(mark, Mark::G | Mark::D));
        return (!promised).then(|| {
            let message = format!("the guide does not list `{name}`; AWS's published tools do");
            Diagnostic::note(codes::UNPROMISED, task.span, message).parameter("operator")
        });
    }
    if ["BashOperator", "PythonOperator"].contains(&name) && path.starts_with("airflow.") {
        return Some(needs_code_package(task.span, &format!("`{name}`")));
    }
    let message = format!("{} does not offer `{name}`", target.called());
    let finding = Diagnostic::error(codes::UNSUPPORTED_OPERATOR, task.span, message);
    Some(match alternative(target, name) {
        Some(help) => finding.help(help),
        None => finding,
    })
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
        _ => {}
    }
    let names: Vec<&str> = supported(target).map(super::super::operators::Listed::name).collect();
    let near = similar::get_close_matches(name, &names, 1, 0.75);
    near.first().map(|near| format!("`{near}` is supported"))
}
