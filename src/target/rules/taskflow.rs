//! Functions under `@task`: written by the class that the decorator makes its tasks of, with the function and its arguments.

use crate::dag::OperatorKind;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::rules::mapping::results;

const CALLABLE: &str = "python_callable";
/// The arguments of the function; the class asks for both.
const POSITIONAL: &str = "op_args";
const KEYWORD: &str = "op_kwargs";

pub(super) fn run(draft: &mut Draft<'_>) {
    if draft.target.is_service() {
        return;
    }
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        if !matches!(task.operator.kind, OperatorKind::Decorated { .. }) {
            continue;
        }
        undecorate(&mut draft.tasks[place].arguments);
        for (name, empty) in [(POSITIONAL, Datum::List(Vec::new())), (KEYWORD, Datum::Map(Vec::new()))] {
            let arguments = &mut draft.tasks[place].arguments;
            if !arguments.iter().any(|entry| entry.name == name) {
                let entry = Entry { name: name.to_owned(), value: empty, span: task.span, raw: false };
                arguments.push(entry);
            }
        }
        let handed: Vec<Diagnostic> = draft.tasks[place]
            .arguments
            .iter()
            .filter(|entry| entry.name == POSITIONAL || entry.name == KEYWORD)
            .filter_map(|entry| {
                let result = results(&entry.value).next()?;
                let message = format!(
                    "the result of `{result}` is handed to a function, which a definition cannot say"
                );
                let error =
                    Diagnostic::error(codes::INEXPRESSIBLE, entry.span, message).parameter(&entry.name);
                Some(error.help("let the function pull it: `ti.xcom_pull(task_ids=…)`"))
            })
            .collect();
        for error in handed {
            draft.report(error.task(&task.task_id));
        }
        for entry in &mut draft.tasks[place].arguments {
            if entry.name == POSITIONAL
                && let Datum::Tuple(items) = &entry.value
            {
                entry.value = Datum::List(items.clone());
            }
        }
        if !draft.tasks[place].arguments.iter().any(|entry| entry.name == CALLABLE) {
            let error =
                Diagnostic::error(codes::INEXPRESSIBLE, task.span, "the function of this task is not known");
            draft.report_on(Owner::Task(place), CALLABLE, error);
        }
    }
}

/// Names the function itself: under its own name the module has the decorator, which keeps it as `function`.
fn undecorate(arguments: &mut [Entry]) {
    for entry in arguments.iter_mut().filter(|entry| entry.name == CALLABLE) {
        if let Datum::Reference(reference) = &mut entry.value
            && !reference.name.ends_with(".function")
        {
            reference.name.push_str(".function");
        }
    }
}
