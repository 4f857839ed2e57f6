//! What the guide of a service does not show: dotted task ids, and typed values other than dates and deltas. One note a DAG each.

use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};

pub(super) fn run(draft: &mut Draft<'_>) {
    if !draft.target.is_service() {
        return;
    }
    if let Some(task) = draft.tasks.iter().find(|task| task.id.contains('.')) {
        let message = "task ids hold dots, which the guide does not show";
        let note = Diagnostic::note(codes::DOTTED_ID, task.task.span, message).task(&task.id);
        draft.report(note);
    }
    let typed = |entry: &&Entry| is_typed(&entry.value);
    let found = draft
        .arguments
        .iter()
        .chain(&draft.default_args)
        .find(typed)
        .map(|entry| (Owner::Dag, entry.clone()))
        .or_else(|| {
            let tasks = draft.tasks.iter().enumerate();
            tasks
                .flat_map(|(place, task)| task.arguments.iter().map(move |entry| (Owner::Task(place), entry)))
                .find(|(_, entry)| is_typed(&entry.value))
                .map(|(owner, entry)| (owner, entry.clone()))
        });
    if let Some((owner, entry)) = found {
        let message = "values are written with `__type__` forms that the guide does not show";
        let note = Diagnostic::note(codes::UNUSUAL_TYPE, entry.span, message);
        draft.report_on(owner, &entry.name, note);
    }
}

fn is_typed(value: &Datum) -> bool {
    match value {
        Datum::Null
        | Datum::Bool(_)
        | Datum::Int(_)
        | Datum::Float(_)
        | Datum::Str(_)
        | Datum::DateTime(_)
        | Datum::TimeDelta(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => false,
        Datum::List(items) => items.iter().any(is_typed),
        Datum::Map(pairs) => {
            pairs.iter().any(|(key, value)| !matches!(key, Datum::Str(_)) || is_typed(value))
        }
        Datum::Bytes(_)
        | Datum::Tuple(_)
        | Datum::Set(_)
        | Datum::FrozenSet(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::Object(_)
        | Datum::Reference(_) => true,
    }
}
