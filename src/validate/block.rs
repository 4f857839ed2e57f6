//! From the document to DAGs: the keys at its top and those of each DAG's block.

use std::borrow::Cow;

use super::dates::{self, Zones};
use super::place::{Report, entries};
use super::{graph, kinds, task};
use crate::catalog::{Constructor, Release};
use crate::dag::{Argument, Dag, SourceAirflow};
use crate::diagnostic::codes;
use crate::target::{Target, loader};
use crate::yaml::{Node, Value};

/// The DAGs that the loader would make of the document.
pub(super) fn dags(target: &Target, root: &Node, report: &mut Report) -> Vec<Dag> {
    let Value::Mapping(pairs) = &root.value else {
        let span = report.span(root.range.clone());
        report.error(
            codes::INVALID_DEFINITION,
            span,
            "a definition is a mapping of a dag_id to the DAG's block",
        );
        return Vec::new();
    };
    for (key, _) in pairs.iter().filter(|(key, _)| key.as_str().is_none()) {
        let span = report.span(key.range.clone());
        let message = "the dag_id is no text to the loader";
        report.error(codes::INVALID_DEFINITION, span, message).help = Some("put it in quotes".to_owned());
    }
    let top = entries(root).unwrap_or_default();
    let default = top.iter().find(|(name, ..)| *name == "default").map(|(_, _, value)| *value);
    let mut dags = Vec::new();
    for (dag_id, key, block) in top.iter().filter(|(name, ..)| !["default", "task_groups"].contains(name)) {
        if !matches!(block.value, Value::Mapping(_)) {
            let span = report.span(key.range.clone());
            let message = format!("every key at the top is a DAG, and that of `{dag_id}` holds no mapping");
            report.error(codes::INVALID_DEFINITION, span, message);
            continue;
        }
        if target.is_service() && !dags.is_empty() {
            let span = report.span(key.range.clone());
            let message = "a definition of the service holds one DAG, and this is another one";
            report.error(codes::INVALID_DEFINITION, span, message).dag_id = Some((*dag_id).to_owned());
        }
        let block = default.map_or(Cow::Borrowed(*block), |default| Cow::Owned(merged(default, block)));
        dags.push(dag(target, dag_id, key, &block, report));
    }
    if dags.is_empty() && pairs.iter().all(|(key, _)| key.as_str().is_some()) && report.diagnostics.is_empty()
    {
        let span = report.span(root.range.start..root.range.start);
        report.error(codes::INVALID_DEFINITION, span, "the definition holds no DAG");
    }
    dags
}

/// A block over the defaults: mappings are merged, anything else is replaced. Source: dag-factory 1.0.1.
fn merged(under: &Node, over: &Node) -> Node {
    let (Value::Mapping(under_pairs), Value::Mapping(over_pairs)) = (&under.value, &over.value) else {
        return over.clone();
    };
    if over.get("__type__").is_some() || under.get("__type__").is_some() {
        return over.clone();
    }
    let mut pairs = over_pairs.clone();
    for (key, value) in under_pairs {
        let same = |(other, _): &&mut (Node, Node)| other.tag == key.tag && other.value == key.value;
        match pairs.iter_mut().find(same) {
            Some((_, over)) => *over = merged(value, over),
            None => pairs.push((key.clone(), value.clone())),
        }
    }
    Node { value: Value::Mapping(pairs), ..over.clone() }
}

/// The model of one DAG.
fn dag(target: &Target, dag_id: &str, key: &Node, block: &Node, report: &mut Report) -> Dag {
    let before = report.diagnostics.len();
    let all = entries(block).unwrap_or_default();
    let find =
        |name: &str| all.iter().find(|(known, ..)| *known == name).map(|(_, key, value)| (*key, *value));
    let zones = Zones::of(find("timezone").map(|(_, zone)| report.load(zone, dag_id)));
    let mut dag = Dag {
        dag_id: dag_id.to_owned(),
        span: report.span(key.range.clone()),
        source_airflow: SourceAirflow::V3,
        arguments: Vec::new(),
        default_args: Vec::new(),
        tasks: Vec::new(),
        groups: Vec::new(),
        edges: Vec::new(),
        findings: Vec::new(),
    };
    for (name, key, value) in &all {
        let span = report.entry(key, value);
        if graph::is_structure(name) || *name == "default_args" {
            continue;
        }
        if loader().dag_keys.iter().any(|known| known == name) {
            misread(name, span, value, report);
            continue;
        }
        if !is_dag_argument(target, name) {
            unknown_key(name, span, report);
            continue;
        }
        let mut value = report.load(value, dag_id);
        if loader().dag_form(name) == crate::target::Form::Date {
            value = dates::of_dag(name, value, &zones, span, report);
        } else {
            value = kinds::callable(loader().dag_form(name), value);
            kinds::of_dag(name, &value, span, report);
        }
        dag.arguments.push(Argument { name: (*name).to_owned(), value, span });
    }
    if let Some((key, value)) = find("default_args") {
        dag.default_args = default_args(dag_id, key, value, report);
    }
    let groups = graph::groups(target, &mut dag, find("task_groups"), report);
    if let Some((key, value)) = find("tasks") {
        task::tasks(target, &mut dag, &groups, key, value, report);
    }
    for finding in &mut report.diagnostics[before..] {
        finding.dag_id.get_or_insert_with(|| dag_id.to_owned());
    }
    dag
}

/// Whether Airflow's DAG takes an argument of that name, in any version that a profile speaks of.
fn is_dag_argument(target: &Target, name: &str) -> bool {
    Constructor::Dag.parameter(Release::V3_0, name).is_some()
        || target.parameters(crate::target::ParametersOf::Dag).any(|row| row.name == name)
}

fn unknown_key(name: &str, span: crate::source::Span, report: &mut Report) {
    let message = format!("the loader knows no key `{name}` of a DAG, and passes it over");
    let finding = report.error(codes::UNKNOWN_KEY, span, message);
    finding.parameter = Some(name.to_owned());
    let mut names: Vec<&str> =
        Constructor::Dag.parameters(Release::V3_0).map(|parameter| parameter.name).collect();
    names.extend(loader().dag_keys.iter().map(String::as_str));
    names.extend(["tasks", "task_groups", "default_args"]);
    if let Some(near) = similar::get_close_matches(name, &names, 1, 0.7).first() {
        finding.help = Some(format!("there is `{near}`"));
    }
}

/// Keys that the loader reads otherwise than an author would think.
///
/// Source: experiments with dag-factory 1.0.1.
fn misread(name: &str, span: crate::source::Span, value: &Node, report: &mut Report) {
    let is_null = value.tag == crate::yaml::Tag::Null;
    let message = match name {
        "dag_id" => "`dag_id` is passed over: the key at the top is the id",
        "schedule_interval" if is_null => return,
        "schedule_interval" => "dag-factory builds no DAG with `schedule_interval`: the key is `schedule`",
        "timetable" => "dag-factory builds no DAG with `timetable`: the key is `schedule`",
        "dependencies" => "`dependencies` of a DAG are passed over: they stand in its tasks",
        "dagrun_timeout_sec" => "`dagrun_timeout_sec` is passed over: `dagrun_timeout` takes a timedelta",
        _ => return,
    };
    report.error(codes::UNKNOWN_KEY, span, message).parameter = Some(name.to_owned());
}

fn default_args(dag_id: &str, key: &Node, value: &Node, report: &mut Report) -> Vec<Argument> {
    let Some(all) = entries(value) else {
        let span = report.entry(key, value);
        report.error(codes::INVALID_DEFINITION, span, "`default_args` is no mapping");
        return Vec::new();
    };
    let zone =
        all.iter().find(|(name, ..)| *name == "timezone").map(|(_, _, zone)| report.load(zone, dag_id));
    let zones = Zones::of(zone);
    let mut arguments = Vec::new();
    for (name, key, value) in all.iter().filter(|(name, ..)| *name != "timezone") {
        let span = report.entry(key, value);
        let mut value = report.load(value, dag_id);
        if ["start_date", "end_date"].contains(name) {
            value = dates::of_dag(name, value, &zones, span, report);
        } else {
            value = kinds::callable(loader().task_form(&[], name), value);
            kinds::of_task(name, &value, span, report);
        }
        arguments.push(Argument { name: (*name).to_owned(), value, span });
    }
    arguments
}
