//! Values that an import gives, or the call of an imported class, and that nothing else is known of: an argument of an operator is
//! written as the import or the call, where the definition is loaded by a Python that has the module.
//!
//! What Airflow itself reads of a task or a DAG, ids and schedules and retries, must be known.

use crate::catalog::{Constructor, Release};
use crate::datum::Datum;
use crate::target::draft::{Draft, Entry};
use crate::target::loader::{Form, loader};
use crate::target::operators::class_name;

pub(super) fn run(draft: &mut Draft<'_>) {
    if draft.target.is_service() {
        return;
    }
    for entry in &mut draft.arguments {
        // A timetable is the DAG's schedule as it is, whatever its class makes of it.
        if loader().dag_form(&entry.name) == Form::Callback || is_timetable(entry) {
            entry.value.say();
        }
    }
    for entry in &mut draft.default_args {
        if loader().task_form(&[], &entry.name) == Form::Callback {
            entry.value.say();
        }
    }
    for task in &mut draft.tasks {
        let class = class_name(&task.operator).to_owned();
        let own = |entry: &&mut Entry| is_own(&class, &entry.name);
        task.arguments.iter_mut().filter(own).for_each(|entry| entry.value.say());
        task.inherited.iter_mut().filter(own).for_each(|entry| entry.value.say());
    }
}

/// Whether an entry is a schedule by the call of an imported class that says of itself that it is a timetable.
fn is_timetable(entry: &Entry) -> bool {
    let Datum::Unknown(cause) = &entry.value else { return false };
    entry.name == "schedule"
        && matches!(cause.said(), Some(Datum::Object(object)) if object.path.ends_with("Timetable"))
}

/// Whether an argument is the operator's own business, or one that Airflow only calls or hands on.
fn is_own(class: &str, name: &str) -> bool {
    if matches!(name, "executor_config" | "pre_execute" | "post_execute")
        || loader().task_form(&[class], name) == Form::Callback
    {
        return true;
    }
    let is_base = |release| Constructor::BaseOperator.parameter(release, name).is_some();
    !is_base(Release::V2_10) && !is_base(Release::V3_0) && !matches!(name, "task_id" | "dag" | "task_group")
}
