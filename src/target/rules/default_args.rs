//! default_args: what the target takes there stays there, the rest is written on the tasks that it reaches.

use crate::diagnostic::codes;
use crate::target::draft::{Draft, Entry, Owner, TaskDraft, take};
use crate::target::operators::takes;
use crate::target::rules::callables::fits_default_args;

pub(super) fn run(draft: &mut Draft<'_>) {
    for entry in std::mem::take(&mut draft.default_args) {
        let listed = draft.target.default_args.as_ref().is_none_or(|table| table.keys.contains(&entry.name));
        let allowed = listed && fits_default_args(&entry);
        // An entry that was added or changed after a task was made does not reach that task, yet would from the block.
        let reaches_all = draft.tasks.iter().all(|task| {
            let lists = [&task.arguments, &task.inherited, &task.expand];
            lists.into_iter().flatten().any(|other| other.name == entry.name)
        });
        if allowed && reaches_all {
            for task in &mut draft.tasks {
                task.inherited.retain(|other| other.name != entry.name || other.value != entry.value);
            }
            draft.default_args.push(entry);
            continue;
        }
        let has = |task: &TaskDraft<'_>| {
            let inherits = task.inherited.iter().any(|other| other.name == entry.name);
            inherits && takes(&task.operator, &entry.name) != Some(false)
        };
        let message = if !draft.tasks.iter().any(has) {
            format!("no task takes `{}` from `default_args`", entry.name)
        } else if allowed {
            format!("`{}` is written on the tasks that have it from `default_args`", entry.name)
        } else if listed {
            format!(
                "this value of `{}` cannot stand in `default_args`: it is written on the tasks that use it",
                entry.name
            )
        } else {
            format!(
                "{} takes no `{}` in `default_args`: it is written on the tasks that use it",
                draft.target.called(),
                entry.name
            )
        };
        draft.changed(codes::DEFAULT_ARGS_MOVED, Owner::Dag, &entry.name, entry.span, message);
    }
    for place in 0..draft.tasks.len() {
        for entry in std::mem::take(&mut draft.tasks[place].inherited) {
            let task = &draft.tasks[place];
            let stands = task.arguments.iter().chain(&task.expand).any(|other| other.name == entry.name);
            if !stands {
                write_on_task(draft, place, entry);
            }
        }
    }
}

/// Writes what a task has from the `default_args` of its group or its call, or has no more from those of the DAG.
fn write_on_task(draft: &mut Draft<'_>, place: usize, entry: Entry) {
    let taken = takes(&draft.tasks[place].operator, &entry.name);
    if taken == Some(true) || (taken.is_none() && !draft.target.is_service()) {
        let message = format!("`{}` from `default_args` is written on the task", entry.name);
        draft.changed(codes::DEFAULT_ARGS_MOVED, Owner::Task(place), &entry.name, entry.span, message);
    }
    let task = &mut draft.tasks[place];
    match taken {
        Some(true) => task.arguments.push(entry),
        None if !draft.target.is_service() => {
            take(&mut task.default_args, &entry.name);
            task.default_args.push(entry);
        }
        // Airflow would not have handed it to this operator either. What is not known to a service, which takes classes of
        // the catalogue alone, is a task that has refused the DAG already.
        Some(false) | None => {}
    }
}
