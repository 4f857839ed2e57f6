//! Task groups: written as such where the format can, else their tasks stand flat under their full ids.

use std::collections::HashSet;

use crate::dag::Group;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::draft::{Draft, GroupDraft};
use crate::target::loader::loader;
use crate::target::profile::GroupForm;

pub(super) fn run(draft: &mut Draft<'_>) {
    if draft.dag.groups.is_empty() {
        return;
    }
    let reason = match draft.target.groups.form {
        GroupForm::Flatten => format!("{} has none", draft.target.called()),
        GroupForm::Groups => match labels(draft) {
            Ok((groups, tasks)) => {
                draft.groups = groups;
                for (task, (key, group)) in draft.tasks.iter_mut().zip(tasks) {
                    task.key = key;
                    task.group = group;
                }
                return;
            }
            Err(reason) => reason,
        },
    };
    let message = format!("task groups are flattened, their tasks stand under full ids: {reason}");
    let note = |group: &Group| {
        Diagnostic::note(codes::TASK_GROUPS_FLATTENED, group.span, message.clone())
            .disposition(Disposition::Dropped)
            .parameter("task_group")
    };
    let groups = draft.dag.groups.iter().map(note);
    let tasks = draft.tasks.iter().filter_map(|task| {
        let group = task.task.group.and_then(|group| draft.dag.groups.get(group))?;
        Some(note(group).task(&task.id))
    });
    let notes: Vec<Diagnostic> = groups.chain(tasks).collect();
    for note in notes {
        draft.report(note);
    }
}

type Keys = Vec<(String, Option<usize>)>;

/// The keys of groups and tasks, and the group of each task; or why groups cannot be written.
fn labels(draft: &Draft<'_>) -> Result<(Vec<GroupDraft>, Keys), String> {
    let groups = &draft.dag.groups;
    let mut taken = HashSet::new();
    let mut unique = |label: &str| {
        if taken.insert(label.to_owned()) {
            Ok(())
        } else {
            Err(format!(
                "`{label}` is the name of two tasks or groups, and dag-factory has one space of names"
            ))
        }
    };
    let mut drafts = Vec::new();
    for group in groups {
        let label =
            label(groups, group.parent, &group.group_id).ok_or("an id does not begin with its group's")?;
        if label.contains('.') {
            return Err(format!("dag-factory takes no group named `{label}`"));
        }
        unique(label)?;
        let mut entries = Vec::new();
        for argument in &group.arguments {
            if !loader().group_keys.contains(&argument.name) {
                return Err(format!("dag-factory takes no `{}` of a group", argument.name));
            }
            if argument.value.first_unknown().is_some() {
                return Err(format!("the value of `{}` is not known", argument.name));
            }
            entries.push((Datum::str(&argument.name), argument.value.clone()));
        }
        if let Some(parent) = group.parent {
            let parent: &GroupDraft = drafts.get(parent).ok_or("a group stands before the one around it")?;
            entries.push((Datum::str("parent_group_name"), Datum::str(&parent.key)));
        }
        drafts.push(GroupDraft { key: label.to_owned(), block: Datum::Map(entries) });
    }
    let mut keys = Vec::new();
    for (place, task) in draft.tasks.iter().enumerate() {
        let group = task.task.group;
        let label = label(groups, group, &task.id).ok_or("an id does not begin with its group's")?;
        unique(label)?;
        let linked = draft.edges.iter().any(|&(up, down)| up == place || down == place);
        if linked && group.is_some_and(|group| !prefixes(&groups[group])) {
            return Err("dag-factory cannot draw edges of tasks without their group's prefix".to_owned());
        }
        keys.push((label.to_owned(), group));
    }
    Ok((drafts, keys))
}

/// An id without the prefix of its group. Source: `TaskGroup.child_id` of Airflow 3.0.6.
fn label<'i>(groups: &[Group], group: Option<usize>, id: &'i str) -> Option<&'i str> {
    let Some(group) = group.and_then(|group| groups.get(group)).filter(|group| prefixes(group)) else {
        return Some(id);
    };
    id.strip_prefix(&group.group_id)?.strip_prefix('.')
}

fn prefixes(group: &Group) -> bool {
    let argument = group.arguments.iter().find(|argument| argument.name == "prefix_group_id");
    argument.is_none_or(|argument| argument.value != Datum::Bool(false))
}

#[cfg(test)]
mod tests {
    use crate::dag::{Dag, Group};
    use crate::datum::Datum;
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, span, task};

    fn group(group_id: &str, parent: Option<usize>) -> Group {
        Group { group_id: group_id.to_owned(), parent, span: span(), arguments: Vec::new() }
    }

    fn grouped(labels: [&str; 2]) -> Dag {
        let mut dag = dag("d")
            .with_task(task(labels[0], EMR, vec![]))
            .with_task(task(labels[1], EMR, vec![]))
            .with_edge(0, 1);
        dag.groups = vec![group("g", None), group("g.h", Some(0))];
        dag.tasks[0].group = Some(0);
        dag.tasks[1].group = Some(1);
        dag
    }

    #[test]
    fn groups_are_written_where_the_format_can() {
        let mut dag = grouped(["g.a", "g.h.b"]);
        dag.groups[0].arguments.push(arg("tooltip", Datum::str("tip")));
        assert_eq!(
            shown(&rendered("dag-factory", &dag)),
            format!(
                "{{d: {{task_groups: {{g: {{tooltip: tip}}, h: {{parent_group_name: g}}}}, \
                 tasks: {{a: {{operator: {EMR}, task_group_name: g}}, \
                 b: {{operator: {EMR}, task_group_name: h, dependencies: [a]}}}}}}}}"
            )
        );
        let rendering = rendered("mwaa-serverless@2025-11", &dag);
        assert_eq!(
            shown(&rendering),
            format!(
                "{{d: {{tasks: {{g.a: {{operator: {EMR}}}, g.h.b: {{operator: {EMR}, dependencies: [g.a]}}}}}}}}"
            )
        );
        assert!(said(&rendering).iter().any(|line| line.starts_with("Note task-groups-flattened")));
        assert!(said(&rendering).iter().any(|line| line.starts_with("Note dotted-id [g.a]")));
    }

    #[test]
    fn groups_are_flattened_where_the_loader_would_stumble() {
        let mut without_prefix = grouped(["a", "g.h.b"]);
        without_prefix.groups[0].arguments.push(arg("prefix_group_id", Datum::Bool(false)));
        let mut other_key = grouped(["g.a", "g.h.b"]);
        other_key.groups[0].arguments.push(arg("colour", Datum::str("red")));
        for dag in [grouped(["g.a", "g.h.a"]), grouped(["g.a", "g.h.g"]), without_prefix, other_key] {
            let rendering = rendered("dag-factory", &dag);
            let keys = format!("{{d: {{tasks: {{{}: {{operator", dag.tasks[0].task_id);
            assert!(shown(&rendering).starts_with(&keys), "{}", shown(&rendering));
            assert!(said(&rendering)[0].starts_with("Note task-groups-flattened"));
        }
    }
}
