//! The forms in which attributes are compared: without what dag-factory adds, and between versions without what they name differently.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::parity::record::DagRecord;

/// The title under which dag-factory appends the YAML to a DAG's documentation.
pub(super) const FACTORY_DOC: &str = "## YML DAG\n```yaml";

/// Arguments that tie a task to its place, which is compared as edges and groups; and what a stub makes of the others' names.
pub(super) const PLACE: &[&str] = &[
    "task_id",
    "dag",
    "task_group",
    "default_args",
    "upstream_task_ids",
    "downstream_task_ids",
    "template_fields",
];

/// The keyword arguments that an operator keeps as it was called with them, without those that tie it to its place; nothing where
/// the value is something else.
pub(super) fn kept_arguments(value: &Value) -> Option<BTreeMap<&str, &Value>> {
    let map = value.as_object()?;
    let is_kept = ["dag", "task_group", "default_args"].iter().all(|key| map.contains_key(*key));
    let own = map.iter().map(|(name, value)| (name.as_str(), value));
    is_kept.then(|| own.filter(|(name, _)| !PLACE.contains(name)).collect())
}

pub(super) fn keys<'a>(left: &'a Map<String, Value>, right: &'a Map<String, Value>) -> BTreeSet<&'a str> {
    left.keys().chain(right.keys()).map(String::as_str).collect()
}

/// A date of a DAG, or what its tasks have by `default_args`; the start that none of these gives is the earliest of its tasks',
/// each of which has one then. Source: `DAG._time_restriction` and `DAG.add_task` of Airflow 2.10.5.
pub(super) fn date<'a>(dag: &'a DagRecord, name: &str) -> Option<&'a Value> {
    let own = dag.fields.get(name).filter(|value| !value.is_null());
    let own = own.or_else(|| dag.fields.get("default_args")?.get(name));
    own.or_else(|| (name == "start_date").then(|| earliest_start(dag)).flatten())
}

/// The earliest start of a DAG's tasks, where all are told in one zone.
fn earliest_start(dag: &DagRecord) -> Option<&Value> {
    let starts: Vec<&Value> =
        dag.tasks.iter().map(|task| task.fields.get("start_date")).collect::<Option<_>>()?;
    let parts = starts.iter().map(|start| Some((start.get("zone"), start.get("$datetime")?.as_str()?)));
    let parts: Vec<_> = parts.collect::<Option<_>>()?;
    let (zone, _) = parts.first()?;
    if parts.iter().any(|(other, _)| other != zone) {
        return None;
    }
    let earliest = starts.iter().zip(&parts).min_by_key(|(_, (_, moment))| *moment);
    earliest.map(|(start, _)| *start)
}

pub(super) fn tags(value: Option<&Value>) -> BTreeSet<&str> {
    let items = match value {
        Some(Value::Object(object)) => object.get("$set"),
        other => other,
    };
    items.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// A DAG's documentation without what dag-factory appends.
pub(super) fn doc(value: Option<&Value>) -> Option<Value> {
    let text = value?.as_str()?;
    match text.find(FACTORY_DOC) {
        None => Some(json!(text)),
        Some(0) => None,
        Some(at) => Some(json!(text[..at].strip_suffix('\n').unwrap_or(&text[..at]))),
    }
}

/// A timetable's class as far as versions agree on it: 2.x has data intervals where 3.x has triggers.
pub(super) fn family(dag: &DagRecord) -> Value {
    let class = dag.schedule.get("timetable").and_then(Value::as_str).unwrap_or_default();
    match name_of(class) {
        "CronDataIntervalTimetable" | "CronTriggerTimetable" => json!("cron"),
        "DeltaDataIntervalTimetable" | "DeltaTriggerTimetable" => {
            json!(["delta", dag.schedule.get("state").and_then(|state| state.get("_delta"))])
        }
        "DatasetTriggeredTimetable" | "AssetTriggeredTimetable" => json!("assets"),
        other => json!(other),
    }
}

/// A value without what versions name differently: Airflow 3 calls datasets assets, and gives each a name and a group.
pub(super) fn between_versions(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(between_versions).collect(),
        Value::Object(map) => {
            let class = map.get("$object").and_then(Value::as_str).map(name_of);
            if let (Some("Dataset" | "Asset"), Some(state)) = (class, map.get("state")) {
                let extra = state.get("extra").filter(|extra| !extra.is_null()).cloned().unwrap_or(json!({}));
                return json!({ "$asset": state.get("uri"), "extra": extra });
            }
            let same = |key: &str| key == "class" && map.contains_key("$param");
            let rest = map.iter().filter(|(key, _)| !same(key));
            rest.map(|(key, value)| (key.clone(), between_versions(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The last part of a class's path.
pub(super) fn name_of(class: &str) -> &str {
    class.rsplit([':', '.']).next().unwrap_or(class)
}
