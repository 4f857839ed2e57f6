//! References between the DAGs of a run: what waits for another DAG, marks it or triggers it, is held against what became of that DAG.

use std::collections::{BTreeMap, BTreeSet};

use super::nearest::nearest;
use crate::convert::Conversion;
use crate::dag::{Argument, Dag, Mapping, OperatorKind, Task};
use crate::datum::Datum;
use crate::diagnostic::{Code, Diagnostic, Disposition, codes};

/// The parameters with which operators name other DAGs. Source: the standard provider 1.9.1, and the astronomer provider 1.19.4.
const OPERATORS: &[(&str, &str)] = &[
    ("ExternalTaskMarker", "external_dag_id"),
    ("ExternalTaskSensor", "external_dag_id"),
    ("ExternalTaskSensorAsync", "external_dag_id"),
    ("TriggerDagRunOperator", "trigger_dag_id"),
];

/// The parameters with which they name tasks and groups of that DAG.
const TASKS: [&str; 2] = ["external_task_id", "external_task_ids"];
const GROUP: &str = "external_task_group_id";

/// The DAGs of a run by their ids.
struct Run<'a> {
    converted: BTreeMap<&'a str, &'a Dag>,
    refused: BTreeSet<&'a str>,
    /// The ids of definitions that are there from earlier runs.
    earlier: &'a BTreeSet<String>,
    /// The tasks that are written out as several, and the groups that are not written, by DAG.
    gone: BTreeSet<(&'a str, Code, &'a str)>,
}

/// Leaves of the models of a file what references between DAGs are held against: what else they hold would be most of the memory of
/// a large run.
pub(super) fn keep_named(conversion: &mut Conversion) {
    let is_named = |argument: &Argument| {
        let name = argument.name.as_str();
        OPERATORS.iter().any(|(_, parameter)| *parameter == name) || TASKS.contains(&name) || name == GROUP
    };
    for dag in &mut conversion.models {
        dag.arguments = Vec::new();
        dag.default_args = Vec::new();
        dag.edges = Vec::new();
        dag.findings = Vec::new();
        for task in &mut dag.tasks {
            task.arguments.retain(is_named);
            task.inherited.retain(is_named);
            if let Some(Mapping::Expand(arguments)) = &mut task.mapping {
                arguments.retain(is_named);
            }
            task.arguments.shrink_to_fit();
            task.inherited.shrink_to_fit();
        }
    }
}

/// What there is to say about the references in DAGs that are converted; `earlier` are the ids of definitions from earlier runs.
pub(super) fn check(conversions: &[Conversion], earlier: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut run =
        Run { converted: BTreeMap::new(), refused: BTreeSet::new(), earlier, gone: BTreeSet::new() };
    for conversion in conversions {
        run.refused.extend(conversion.refused.iter().map(String::as_str));
        for definition in &conversion.definitions {
            if let Some(dag) = conversion.models.iter().find(|dag| dag.dag_id == definition.dag_id) {
                run.converted.insert(&dag.dag_id, dag);
            }
        }
        run.gone.extend(conversion.diagnostics.iter().filter_map(gone));
    }
    let tasks = run.converted.values().flat_map(|dag| dag.tasks.iter().map(move |task| (*dag, task)));
    tasks.flat_map(|(dag, task)| run.task(task).into_iter().map(|found| found.dag(&dag.dag_id))).collect()
}

fn gone(finding: &Diagnostic) -> Option<(&str, Code, &str)> {
    let is_wanted = finding.code == codes::MAPPING_UNROLLED || finding.code == codes::TASK_GROUPS_FLATTENED;
    let task = finding.task_id.as_deref().unwrap_or_default();
    is_wanted.then_some((finding.dag_id.as_deref()?, finding.code, task))
}

impl Run<'_> {
    fn task(&self, task: &Task) -> Vec<Diagnostic> {
        let name = match &task.operator.kind {
            OperatorKind::Class => task.operator.name.as_str(),
            OperatorKind::Subclass { base } => base.rsplit('.').next().unwrap_or(base),
            OperatorKind::Decorated { .. } => return Vec::new(),
        };
        let Some((_, parameter)) = OPERATORS.iter().find(|(operator, _)| *operator == name) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (argument, dag_id) in named(task, parameter) {
            match self.converted.get(dag_id) {
                Some(dag) => found.extend(self.inside(task, dag)),
                None => found.extend(self.missing(argument, dag_id)),
            }
        }
        found.into_iter().map(|finding| finding.task(&task.task_id)).collect()
    }

    /// About a DAG that has no definition.
    fn missing(&self, argument: &Argument, dag_id: &str) -> Option<Diagnostic> {
        let name = &argument.name;
        if self.refused.contains(dag_id) {
            let message = format!("`{name}` names the DAG `{dag_id}`, which is refused");
            let warning =
                Diagnostic::warning(codes::DAG_REFERENCE, Disposition::Note, argument.span, message);
            return Some(
                warning.parameter(name).help("convert that DAG too, or leave it where this one can reach it"),
            );
        }
        if self.earlier.contains(dag_id) {
            return None;
        }
        let message = format!("`{name}` names the DAG `{dag_id}`, which is not among the DAGs of this run");
        let note = Diagnostic::note(codes::DAG_REFERENCE, argument.span, message).parameter(name);
        let near = nearest(dag_id, self.converted.keys().copied());
        Some(match near.first() {
            Some(near) => note.help(format!("there is `{near}`")),
            None => note,
        })
    }

    /// About tasks and groups that the definition of the other DAG does not have.
    fn inside(&self, task: &Task, dag: &Dag) -> Vec<Diagnostic> {
        let dag_id = dag.dag_id.as_str();
        let mut found = Vec::new();
        let tasks = TASKS.iter().flat_map(|parameter| named(task, parameter));
        for (argument, id) in tasks {
            let ids = dag.tasks.iter().map(|task| task.task_id.as_str());
            let problem = if !ids.clone().any(|known| known == id) {
                (format!("the DAG `{dag_id}` has no task `{id}`"), nearest(id, ids))
            } else if self.gone.contains(&(dag_id, codes::MAPPING_UNROLLED, id)) {
                (
                    format!("the mapped task `{id}` of the DAG `{dag_id}` is written out as several"),
                    Vec::new(),
                )
            } else {
                continue;
            };
            found.push(inner(argument, problem));
        }
        for (argument, id) in named(task, GROUP) {
            let ids = dag.groups.iter().map(|group| group.group_id.as_str());
            let is_flat = self
                .gone
                .iter()
                .any(|(dag, code, _)| *dag == dag_id && *code == codes::TASK_GROUPS_FLATTENED);
            let problem = if !ids.clone().any(|known| known == id) {
                (format!("the DAG `{dag_id}` has no task group `{id}`"), nearest(id, ids))
            } else if is_flat {
                (format!("the task group `{id}` of the DAG `{dag_id}` is not in its definition"), Vec::new())
            } else {
                continue;
            };
            found.push(inner(argument, problem));
        }
        found
    }
}

fn inner(argument: &Argument, (message, near): (String, Vec<&str>)) -> Diagnostic {
    let warning = Diagnostic::warning(codes::DAG_REFERENCE, Disposition::Note, argument.span, message);
    let warning = warning.parameter(&argument.name);
    match near.first() {
        Some(near) => warning.help(format!("there is `{near}`")),
        None => warning,
    }
}

/// The ids that an argument of a task gives, templates aside, those it is mapped over among them.
fn named<'t>(task: &'t Task, parameter: &str) -> Vec<(&'t Argument, &'t str)> {
    let mapped: &[Argument] = match &task.mapping {
        Some(Mapping::Expand(arguments)) => arguments,
        Some(Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup) | None => &[],
    };
    let own = task.arguments.iter().chain(&task.inherited).chain(mapped);
    own.filter(|argument| argument.name == parameter)
        .flat_map(|argument| texts(&argument.value).into_iter().map(move |text| (argument, text)))
        .filter(|(_, text)| !text.contains("{{") && !text.contains("{%"))
        .collect()
}

fn texts(value: &Datum) -> Vec<&str> {
    if let Datum::Str(text) = value {
        return vec![text];
    }
    let is_collection =
        matches!(value, Datum::List(_) | Datum::Tuple(_) | Datum::Set(_) | Datum::FrozenSet(_));
    if is_collection { value.children().flat_map(texts).collect() } else { Vec::new() }
}
