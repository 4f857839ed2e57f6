//! Parameters of DAG and BaseOperator that have another name in Airflow 3 are written under that name.

use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::profile::airflow;

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut arguments = std::mem::take(&mut draft.arguments);
    rename(draft, Owner::Dag, &mut arguments, true);
    draft.arguments = arguments;
    let mut default_args = std::mem::take(&mut draft.default_args);
    rename(draft, Owner::Dag, &mut default_args, false);
    draft.default_args = default_args;
    for place in 0..draft.tasks.len() {
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        rename(draft, Owner::Task(place), &mut arguments, false);
        draft.tasks[place].arguments = arguments;
        let mut inherited = std::mem::take(&mut draft.tasks[place].inherited);
        rename(draft, Owner::Task(place), &mut inherited, false);
        draft.tasks[place].inherited = inherited;
    }
}

fn rename(draft: &mut Draft<'_>, owner: Owner, entries: &mut [Entry], of_dag: bool) {
    let table = if of_dag { &airflow().dag } else { &airflow().task };
    for place in 0..entries.len() {
        let Some(name) = table.get(&entries[place].name).and_then(|row| row.renamed.as_ref()) else {
            continue;
        };
        let span = entries[place].span;
        let old = std::mem::replace(&mut entries[place].name, name.clone());
        if entries.iter().filter(|entry| entry.name == *name).count() > 1 {
            let message = format!("`{old}` and `{name}` are set, and mean the same");
            draft.report_on(owner, &old, Diagnostic::error(codes::CONFLICTING_PARAMETERS, span, message));
            continue;
        }
        let message = format!("`{old}` is written as `{name}`");
        draft.changed(codes::RENAMED_PARAMETER, owner, &old, span, message);
    }
}
