//! The definition that a draft comes to: keys in the order of definition, nothing that the author did not set.

use super::draft::{Draft, Entry, TaskDraft};
use crate::datum::{Datum, TimeDelta, TypedObject};

/// The mapping of one key, the dag_id, to the DAG's block.
pub(crate) fn definition(draft: &Draft<'_>) -> Datum {
    let mut block = Vec::new();
    if !draft.default_args.is_empty() {
        block.push((Datum::str("default_args"), entries(&draft.default_args)));
    }
    for entry in &draft.arguments {
        block.push((Datum::str(&entry.name), entry.value.clone()));
    }
    if let Some(timezone) = &draft.timezone {
        let dates = ["start_date", "end_date"].map(Datum::str);
        let after = block.iter().position(|(key, _)| dates.contains(key)).map_or(block.len(), |at| at + 1);
        block.insert(after, (Datum::str("timezone"), timezone.clone()));
    }
    if !draft.groups.is_empty() {
        let groups = draft.groups.iter().map(|group| (Datum::str(&group.key), group.block.clone()));
        block.push((Datum::str("task_groups"), Datum::Map(groups.collect())));
    }
    let tasks = draft.tasks.iter().enumerate();
    let tasks = tasks.map(|(place, task)| (Datum::str(&task.key), task_block(draft, place, task))).collect();
    block.push((Datum::str("tasks"), Datum::Map(tasks)));
    let mut block = Datum::Map(block);
    if draft.target.is_service() {
        in_seconds(&mut block);
    }
    map([(draft.dag.dag_id.as_str(), block)])
}

/// Writes deltas as `datetime.timedelta(seconds=N)`, the one form that AWS's own converter gives the service.
fn in_seconds(value: &mut Datum) {
    match value {
        Datum::TimeDelta(delta) => {
            let TimeDelta { days, seconds, microseconds } = *delta;
            let mut kwargs =
                vec![("seconds".to_owned(), Datum::int(i128::from(days) * 86_400 + i128::from(seconds)))];
            if microseconds != 0 {
                kwargs.push(("microseconds".to_owned(), Datum::int(microseconds)));
            }
            let path = "datetime.timedelta".to_owned();
            *value = Datum::Object(Box::new(TypedObject { path, args: Vec::new(), kwargs }));
        }
        Datum::Set(_) | Datum::FrozenSet(_) => {}
        other => other.values_mut().for_each(in_seconds),
    }
}

fn task_block(draft: &Draft<'_>, place: usize, task: &TaskDraft<'_>) -> Datum {
    let made = draft.options.made.get(&task.id);
    let class = made.map_or(&task.operator, |made| &made.path);
    let mut block = vec![(Datum::str("operator"), Datum::str(class))];
    if let Some(group) = task.group.and_then(|group| draft.groups.get(group)) {
        block.push((Datum::str("task_group_name"), Datum::str(&group.key)));
    }
    let arguments = task.arguments.iter().filter(|entry| !draft.options.gives(&task.id, &entry.name));
    let (raw, plain): (Vec<&Entry>, Vec<&Entry>) = arguments.partition(|entry| entry.raw);
    block.extend(plain.into_iter().map(|entry| (Datum::str(&entry.name), entry.value.clone())));
    if !task.default_args.is_empty() {
        block.push((Datum::str("default_args"), entries(&task.default_args)));
    }
    let expand = if made.is_some() { &[] } else { task.expand.as_slice() };
    if !expand.is_empty() || !raw.is_empty() {
        block.push((Datum::str("expand"), entries(expand)));
    }
    if !raw.is_empty() {
        let partial = raw.into_iter().map(|entry| (Datum::str(&entry.name), entry.value.clone()));
        block.push((Datum::str("partial"), Datum::Map(partial.collect())));
    }
    let upstream = upstream(draft, place);
    if !upstream.is_empty() {
        let keys = upstream.into_iter().map(|place| Datum::str(&draft.tasks[place].key));
        block.push((Datum::str("dependencies"), Datum::List(keys.collect())));
    }
    Datum::Map(block)
}

/// The tasks that a task waits for, in the order of definition, none twice.
fn upstream(draft: &Draft<'_>, place: usize) -> Vec<usize> {
    let mut upstream: Vec<usize> =
        draft.edges.iter().filter(|(_, down)| *down == place).map(|(up, _)| *up).collect();
    upstream.sort_unstable();
    upstream.dedup();
    upstream
}

fn entries(entries: &[Entry]) -> Datum {
    Datum::Map(entries.iter().map(|entry| (Datum::str(&entry.name), entry.value.clone())).collect())
}

fn map<const N: usize>(pairs: [(&str, Datum); N]) -> Datum {
    Datum::Map(pairs.into_iter().map(|(key, value)| (Datum::str(key), value)).collect())
}
