//! The models of one DAG in two worlds, held against each other.

use crate::convert::model::Evaluated;
use crate::dag::{Argument, Dag};
use crate::datum::{Cause, Datum};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A difference between the models of one DAG in two worlds.
pub(super) struct Difference {
    pub(super) task: Option<String>,
    pub(super) parameter: Option<String>,
    pub(super) span: Span,
    /// Why the value is not known in the first of them, if it is not.
    pub(super) cause: Option<Cause>,
}

/// The differences of one DAG.
pub(super) enum Differences {
    /// Its tasks, edges or groups differ, or it is missing in one of them.
    Structure,
    /// Values of these.
    Values(Vec<Difference>),
}

pub(super) fn blocked(dag: &Dag) -> bool {
    dag.findings.iter().any(Diagnostic::is_error)
}

/// Whether a DAG of one evaluation is another one, or is refused, in the evaluation in which something is hidden.
pub(in crate::convert) fn depends(dag: &Dag, hidden: &Evaluated) -> bool {
    let Some(other) = hidden.dags.iter().find(|other| other.dag_id == dag.dag_id) else { return true };
    if blocked(other) != blocked(dag) {
        return true;
    }
    !matches!(compare(other, dag), Differences::Values(values) if values.is_empty())
}

/// Holds the models of one DAG against each other.
pub(super) fn compare(first: &Dag, second: &Dag) -> Differences {
    let same_tasks = first.tasks.len() == second.tasks.len()
        && first.tasks.iter().zip(&second.tasks).all(|(a, b)| {
            a.task_id == b.task_id && a.operator == b.operator && a.group == b.group && a.role == b.role
        });
    let edges = |dag: &Dag| {
        let mut edges: Vec<_> = dag.edges.iter().map(|edge| (edge.upstream, edge.downstream)).collect();
        edges.sort_unstable();
        edges
    };
    let same_groups = first.groups.len() == second.groups.len()
        && first
            .groups
            .iter()
            .zip(&second.groups)
            .all(|(a, b)| a.group_id == b.group_id && a.parent == b.parent);
    if !same_tasks || !same_groups || edges(first) != edges(second) {
        return Differences::Structure;
    }
    let mut found = Vec::new();
    arguments(&first.arguments, &second.arguments, None, &mut found);
    arguments(&first.default_args, &second.default_args, None, &mut found);
    for (a, b) in first.tasks.iter().zip(&second.tasks) {
        arguments(&a.arguments, &b.arguments, Some(&a.task_id), &mut found);
        if a.mapping != b.mapping {
            return Differences::Structure;
        }
    }
    for (a, b) in first.groups.iter().zip(&second.groups) {
        arguments(&a.arguments, &b.arguments, None, &mut found);
    }
    Differences::Values(found)
}

fn arguments(first: &[Argument], second: &[Argument], task: Option<&str>, found: &mut Vec<Difference>) {
    let names: Vec<&str> = second.iter().chain(first).map(|argument| argument.name.as_str()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let (a, b) = (
            first.iter().find(|argument| argument.name == name),
            second.iter().find(|argument| argument.name == name),
        );
        if a.map(|argument| &argument.value) == b.map(|argument| &argument.value) {
            continue;
        }
        // What is unknown and can be said is compared by what would be said.
        let said = |argument: &Argument| argument.value.said();
        let (value_a, value_b) = (a.map(said), b.map(said));
        if value_a == value_b {
            continue;
        }
        // A value that is not known in either world is the target's business.
        if value_b.as_ref().is_some_and(|value| value.first_unknown().is_some()) {
            continue;
        }
        let Some(span) = b.or(a).map(|argument| argument.span) else { continue };
        found.push(Difference {
            task: task.map(str::to_owned),
            parameter: Some(name.to_owned()),
            span,
            cause: value_a.as_ref().and_then(Datum::first_unknown).cloned(),
        });
    }
}
