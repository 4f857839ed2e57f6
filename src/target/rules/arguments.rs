//! Arguments against the constructor: what the class does not take, or must have, is an error in Airflow before any task runs.

use crate::catalog::OperatorInfo;
use crate::dag::{Mapping, OperatorKind};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::defaults::airflow;
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::loader::loader;
use crate::target::operators::{class_name, info};

pub(super) fn run(draft: &mut Draft<'_>) {
    for place in 0..draft.tasks.len() {
        removed(draft, place);
        let task = &draft.tasks[place];
        if task.refused || matches!(task.task.operator.kind, OperatorKind::Subclass { .. }) {
            continue;
        }
        let Some(class) = info(&task.operator) else { continue };
        let mut findings: Vec<(String, Diagnostic)> = Vec::new();
        // What a function under `@task` is mapped over are its own parameters.
        let is_function = matches!(task.task.operator.kind, OperatorKind::Decorated { .. });
        let mapped = task.expand.iter().filter(|_| !is_function);
        for entry in task.arguments.iter().chain(mapped) {
            if !class.takes(&entry.name) {
                findings.push((entry.name.clone(), not_taken(class, entry)));
            }
        }
        let is_own = !task.replaced;
        let set = |name: &str| {
            let lists = [&task.arguments, &task.inherited, &task.expand];
            lists.into_iter().flatten().any(|entry| entry.name == name)
        };
        let may_miss =
            draft.is_incomplete() || matches!(task.task.mapping, Some(Mapping::ExpandKwargs { .. }));
        for parameter in class.parameters().iter().filter(|parameter| parameter.is_required() && !may_miss) {
            // The loader gives the id itself.
            if !set(parameter.name) && !loader().consumed.iter().any(|key| key == parameter.name) {
                let message = format!("`{}` needs `{}`", class.name(), parameter.name);
                let finding = Diagnostic::error(codes::MISSING_PARAMETER, task.task.span, message);
                findings.push((parameter.name.to_owned(), finding));
            }
        }
        if !is_own && !findings.is_empty() {
            let error = other_class(class, draft.tasks[place].task.span, &findings);
            draft.tasks[place].refused = true;
            draft.report_on(Owner::Task(place), "operator", error);
            continue;
        }
        for (name, finding) in findings {
            draft.report_on(Owner::Task(place), &name, finding);
        }
    }
}

/// Leaves out parameters that Airflow 3 has no more and that mean nothing in it.
fn removed(draft: &mut Draft<'_>, place: usize) {
    let operator = draft.tasks[place].operator.clone();
    let gone = |entry: &Entry| {
        let removed = airflow().task.get(&entry.name).is_some_and(|row| row.removed);
        removed && info(&operator).is_none_or(|class| !class.takes(&entry.name))
    };
    let task = &mut draft.tasks[place];
    let (out, arguments) = std::mem::take(&mut task.arguments).into_iter().partition(gone);
    task.arguments = arguments;
    task.inherited.retain(|entry| !gone(entry));
    let out: Vec<Entry> = out;
    for entry in out {
        let message = format!("`{}` is left out: Airflow 3 needs it no more", entry.name);
        let note = Diagnostic::note(codes::REMOVED_PARAMETER, entry.span, message);
        draft.report_on(Owner::Task(place), &entry.name, note.disposition(Disposition::Dropped));
    }
}

/// The one error about all arguments of a task whose class is gone, and whose successor is called otherwise.
fn other_class(class: OperatorInfo, span: Span, findings: &[(String, Diagnostic)]) -> Diagnostic {
    let named = |code| {
        let of = findings.iter().filter(|(_, finding)| finding.code == code);
        of.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>()
    };
    let (unknown, missing) = (named(codes::UNKNOWN_PARAMETER), named(codes::MISSING_PARAMETER));
    let takes = (!unknown.is_empty()).then(|| format!("takes no {}", unknown.join(", ")));
    let needs = (!missing.is_empty()).then(|| format!("needs {}", missing.join(", ")));
    let what = takes.into_iter().chain(needs).collect::<Vec<_>>().join(" and ");
    let message = format!("`{}`, in the place of a class that is gone, {what}", class.name());
    Diagnostic::error(codes::REPLACED_CLASS, span, message)
        .help(format!("write the task with `{}` before it is converted", class.path()))
}

fn not_taken(class: OperatorInfo, entry: &Entry) -> Diagnostic {
    let message = format!("`{}` takes no `{}`", class_name(class.path()), entry.name);
    let finding = Diagnostic::error(codes::UNKNOWN_PARAMETER, entry.span, message);
    let names: Vec<&str> = class.parameters().iter().map(|parameter| parameter.name).collect();
    match similar::get_close_matches(entry.name.as_str(), &names, 1, 0.7).first() {
        Some(near) => finding.help(format!("it takes `{near}`")),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::datum::Datum;
    use crate::target::testing::{EMR, arg, dag, rendered, said, task};

    #[test]
    fn arguments_are_those_of_the_class() {
        let list = "airflow.providers.amazon.aws.operators.s3.S3ListOperator";
        let dag = dag("d")
            .with_task(task("a", EMR, vec![arg("job_flow_override", Datum::Null)]))
            .with_task(task("b", list, vec![]));
        for target in ["mwaa-serverless", "dag-factory"] {
            let rendering = rendered(target, &dag);
            let lines = said(&rendering);
            assert!(rendering.definition.is_none());
            let unknown = "Error unknown-parameter [a.job_flow_override] `EmrCreateJobFlowOperator` takes no `job_flow_override`";
            assert!(lines.contains(&unknown.to_owned()), "{lines:?}");
            assert!(
                lines.contains(
                    &"Error missing-parameter [b.bucket] `S3ListOperator` needs `bucket`".to_owned()
                )
            );
        }
    }

    #[test]
    fn what_airflow_3_needs_no_more_is_left_out() {
        let dag = dag("d").with_task(task("a", EMR, vec![arg("provide_context", Datum::Bool(true))]));
        for target in ["mwaa-serverless", "dag-factory"] {
            let rendering = rendered(target, &dag);
            assert!(rendering.definition.is_some());
            let lines = said(&rendering);
            assert!(lines.iter().any(|line| line.starts_with("Note removed-parameter [a.provide_context]")));
        }
    }
}
