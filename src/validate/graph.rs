//! Task groups and dependencies: from the keys of the YAML to groups and edges of the model.

use std::collections::HashMap;

use super::place::{Report, entries};
use crate::dag::{Argument, Dag, Edge, Group};
use crate::datum::Datum;
use crate::diagnostic::codes;
use crate::source::Span;
use crate::target::{Target, loader};
use crate::yaml::{Node, Tag, Value};

/// Whether a key of a DAG's block is read as the structure of the DAG, and not as an argument.
pub(super) fn is_structure(name: &str) -> bool {
    ["tasks", "task_groups"].contains(&name)
}

/// A name that a task or group waits for, and where it stands.
#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) on: String,
    pub(super) span: Span,
}

/// The groups of a DAG by their keys.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) keys: Vec<String>,
    /// What each group waits for.
    waits: Vec<Vec<Dependency>>,
}

impl Groups {
    /// The place of the group with this key.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|known| known == key)
    }
}

/// Reads `task_groups`, into the DAG and by key.
pub(super) fn groups(
    target: &Target,
    dag: &mut Dag,
    found: Option<(&Node, &Node)>,
    report: &mut Report,
) -> Groups {
    let mut groups = Groups::default();
    let Some((key, value)) = found else { return groups };
    if target.is_service() && value.tag != Tag::Null {
        let span = report.span(key.range.clone());
        let message = "the service takes no `task_groups`";
        report.error(codes::INVALID_DEFINITION, span, message).help =
            Some("write the tasks under full ids, such as `group.task`".to_owned());
    }
    let blocks = blocks(value, "group_name", "task_groups", report);
    let mut parents: Vec<Option<(String, Span)>> = Vec::new();
    for (name, key, block) in &blocks {
        let mut group = Group {
            group_id: name.clone(),
            parent: None,
            span: report.span(key.range.clone()),
            arguments: Vec::new(),
        };
        let (mut parent, mut waits) = (None, Vec::new());
        for (argument, key, value) in entries(block).unwrap_or_default() {
            let span = report.entry(key, value);
            match argument {
                "parent_group_name" => parent = value.as_str().map(|parent| (parent.to_owned(), span)),
                "dependencies" => waits = dependencies(value, span, report),
                "group_name" | "default_args" => {}
                _ if loader().group_keys.iter().any(|known| known == argument) => {
                    let value = report.load(value, &dag.dag_id);
                    group.arguments.push(Argument { name: argument.to_owned(), value, span });
                }
                _ => {
                    let message = format!("the loader knows no key `{argument}` of a task group");
                    report.error(codes::UNKNOWN_KEY, span, message).parameter = Some(argument.to_owned());
                }
            }
        }
        groups.keys.push(name.clone());
        groups.waits.push(waits);
        parents.push(parent);
        dag.groups.push(group);
    }
    for (place, parent) in parents.into_iter().enumerate() {
        let Some((parent, span)) = parent else { continue };
        match groups.place(&parent).filter(|parent| *parent != place) {
            // The rules want the outer group before the inner one, as it must stand for the prefix of its id.
            Some(parent) if parent < place => {
                dag.groups[place].parent = Some(parent);
                let prefix = Datum::Bool(false);
                let prefixes = !dag.groups[parent]
                    .arguments
                    .iter()
                    .any(|entry| entry.name == "prefix_group_id" && entry.value == prefix);
                if prefixes {
                    dag.groups[place].group_id =
                        format!("{}.{}", dag.groups[parent].group_id, groups.keys[place]);
                }
            }
            Some(_) => {}
            None => unknown(&parent, &groups.keys, span, report),
        }
    }
    groups
}

/// The blocks of tasks or groups: of a mapping by key, of a list by the key `name`.
pub(super) fn blocks<'n>(
    value: &'n Node,
    name: &str,
    what: &str,
    report: &mut Report,
) -> Vec<(String, &'n Node, &'n Node)> {
    match &value.value {
        Value::Mapping(pairs) => {
            for (key, _) in pairs.iter().filter(|(key, _)| key.as_str().is_none() && key.tag != Tag::Merge) {
                let span = report.span(key.range.clone());
                let message = format!("a key of `{what}` is no text to the loader");
                report.error(codes::INVALID_DEFINITION, span, message).help =
                    Some("put it in quotes".to_owned());
            }
            let all = entries(value).unwrap_or_default();
            all.into_iter().map(|(name, key, block)| (name.to_owned(), key, block)).collect()
        }
        Value::Sequence(items) => {
            let mut blocks: Vec<(String, &Node, &Node)> = Vec::new();
            for item in items {
                let span = report.span(item.range.start..item.range.start);
                let Some(id) = item.get(name) else {
                    report.error(
                        codes::INVALID_DEFINITION,
                        span,
                        format!("an item of `{what}` has no `{name}`"),
                    );
                    continue;
                };
                let Some(text) = id.as_str() else {
                    report.error(
                        codes::INVALID_DEFINITION,
                        span,
                        format!("the `{name}` of an item of `{what}` is no text"),
                    );
                    continue;
                };
                blocks.push((text.to_owned(), id, item));
            }
            blocks
        }
        Value::Scalar(_) if value.tag == Tag::Null => Vec::new(),
        Value::Scalar(_) => {
            let span = report.span(value.range.clone());
            report.error(
                codes::INVALID_DEFINITION,
                span,
                format!("`{what}` is neither a mapping nor a list"),
            );
            Vec::new()
        }
    }
}

/// The names under `dependencies`.
pub(super) fn dependencies(value: &Node, span: Span, report: &mut Report) -> Vec<Dependency> {
    let Value::Sequence(items) = &value.value else {
        let message = "`dependencies` is no list of names";
        report.error(codes::INVALID_DEFINITION, span, message).help =
            Some("write `[first, second]`, or leave the key out".to_owned());
        return Vec::new();
    };
    let mut names = Vec::new();
    for item in items {
        let span = report.span(item.range.clone());
        match item.as_str() {
            Some(name) => names.push(Dependency { on: name.to_owned(), span }),
            None => {
                report.error(codes::INVALID_DEFINITION, span, "a dependency is no text to the loader");
            }
        }
    }
    names
}

/// Draws the edges: those of each task, then those of each group.
pub(super) fn edges(
    dag: &mut Dag,
    keys: &[String],
    waits: &[Vec<Dependency>],
    groups: &Groups,
    report: &mut Report,
) {
    let tasks: HashMap<&str, usize> =
        keys.iter().enumerate().map(|(place, key)| (key.as_str(), place)).collect();
    let members: Vec<Vec<usize>> = (0..groups.keys.len()).map(|group| members(dag, group)).collect();
    let all: Vec<String> = keys.iter().chain(&groups.keys).cloned().collect();
    let mut edges = Vec::new();
    let task_waits = waits.iter().enumerate().map(|(place, waits)| (vec![place], waits));
    let group_waits = groups.waits.iter().zip(&members).map(|(waits, members)| (members.clone(), waits));
    for (downstream, waits) in task_waits.chain(group_waits) {
        for Dependency { on, span } in waits {
            // Source: dag-factory 1.0.1, where a group hides a task of the same key.
            let upstream = match (groups.place(on), tasks.get(on.as_str())) {
                (Some(group), _) => members[group].clone(),
                (None, Some(task)) => vec![*task],
                (None, None) => {
                    let known = report.diagnostics.len();
                    unknown(on, &all, *span, report);
                    if let ([task], Some(finding)) =
                        (downstream.as_slice(), report.diagnostics.get_mut(known))
                    {
                        finding.task_id = dag.tasks.get(*task).map(|task| task.task_id.clone());
                    }
                    continue;
                }
            };
            for &upstream in &upstream {
                edges.extend(downstream.iter().map(|&downstream| Edge {
                    upstream,
                    downstream,
                    span: *span,
                    label: None,
                }));
            }
        }
    }
    dag.edges = edges;
}

/// The tasks in a group and in the groups inside it.
fn members(dag: &Dag, group: usize) -> Vec<usize> {
    let is_inside = |mut at: Option<usize>| {
        // Groups stand behind those around them, so this ends.
        while let Some(place) = at {
            if place == group {
                return true;
            }
            at = dag.groups.get(place).and_then(|group| group.parent);
        }
        false
    };
    let tasks = dag.tasks.iter().enumerate();
    tasks.filter(|(_, task)| is_inside(task.group)).map(|(place, _)| place).collect()
}

fn unknown(name: &str, known: &[String], span: Span, report: &mut Report) {
    let message = format!("there is no task or group `{name}`");
    let finding = report.error(codes::UNKNOWN_DEPENDENCY, span, message);
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    if let Some(near) = similar::get_close_matches(name, &names, 1, 0.6).first() {
        finding.help = Some(format!("there is `{near}`"));
    }
}

/// Says that a task names a group that is not there.
pub(super) fn unknown_group(name: &str, groups: &Groups, span: Span, report: &mut Report) {
    unknown(name, &groups.keys, span, report);
}
