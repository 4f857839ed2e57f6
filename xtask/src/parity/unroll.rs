//! Literal mappings written out: what the instances of a mapped task would be, to hold the tasks of the YAML against them.

use dag_converter::diagnostic::{Diagnostic, codes};
use serde_json::{Value, json};

use super::record::{DagRecord, TaskRecord};

/// A DAG with the instances in place of each task that a record says is written out; `None` where there is no such task.
pub(crate) fn unrolled(dag: &DagRecord, diagnostics: &[Diagnostic]) -> Option<DagRecord> {
    let is_written_out = |task: &&TaskRecord| {
        diagnostics.iter().any(|found| {
            found.code == codes::MAPPING_UNROLLED
                && found.dag_id.as_deref() == Some(&dag.dag_id)
                && found.task_id.as_deref() == Some(&task.task_id)
        })
    };
    let mapped: Vec<TaskRecord> = dag.tasks.iter().filter(is_written_out).cloned().collect();
    if mapped.is_empty() {
        return None;
    }
    let mut dag = dag.clone();
    for task in mapped {
        let Some(made) = instances(&task) else { continue };
        let ids: Vec<String> = made.iter().map(|made| made.task_id.clone()).collect();
        dag.tasks.retain(|other| other.task_id != task.task_id);
        dag.tasks.extend(made);
        for other in &mut dag.tasks {
            let before = other.upstream.len();
            other.upstream.retain(|id| *id != task.task_id);
            if other.upstream.len() < before {
                other.upstream.extend(ids.iter().cloned());
                other.upstream.sort();
            }
        }
    }
    Some(dag)
}

/// The instances by index.
fn instances(task: &TaskRecord) -> Option<Vec<TaskRecord>> {
    let mut fields = task.fields.clone();
    if let Some(rule) = fields.get_mut("weight_rule") {
        *rule = strategy(rule);
    }
    let made: Vec<_> = sets(&task.expand)?
        .into_iter()
        .map(|set| {
            let mut fields = fields.clone();
            fields.extend(set);
            fields
        })
        .collect();
    let instance = |(index, fields)| TaskRecord {
        task_id: format!("{}__{index}", task.task_id),
        fields,
        expand: Value::Null,
        is_instance: true,
        ..task.clone()
    };
    Some(made.into_iter().enumerate().map(instance).collect())
}

/// The mapped arguments of each instance, the last parameter turning fastest. A dict is mapped over as pairs.
///
/// Source: `DictOfListsExpandInput` and `ListOfDictsExpandInput` of Airflow 3.0.6.
fn sets(expand: &Value) -> Option<Vec<Vec<(String, Value)>>> {
    let mapped = expand.get("value")?;
    if let Some(dicts) = mapped.as_array() {
        let pairs = |dict: &Value| {
            Some(dict.as_object()?.iter().map(|(name, value)| (name.clone(), value.clone())).collect())
        };
        return dicts.iter().map(pairs).collect();
    }
    let mut sets = vec![Vec::new()];
    for (name, values) in mapped.as_object()? {
        let values: Vec<Value> = match values {
            Value::Array(values) => values.clone(),
            Value::Object(map) => match map.get("$tuple") {
                Some(values) => values.as_array()?.clone(),
                None => map.iter().map(|(key, value)| json!({ "$tuple": [key, value] })).collect(),
            },
            _ => return None,
        };
        sets = sets
            .iter()
            .flat_map(|set: &Vec<(String, Value)>| {
                values.iter().map(|value| {
                    let mut set = set.clone();
                    set.push((name.clone(), value.clone()));
                    set
                })
            })
            .collect();
    }
    Some(sets)
}

/// The rule of priority weights that an operator makes of a name.
///
/// Source: `validate_and_load_priority_weight_strategy` of Airflow 3.0.6.
fn strategy(name: &Value) -> Value {
    let class = match name.as_str() {
        Some("absolute") => "_AbsolutePriorityWeightStrategy",
        Some("downstream") => "_DownstreamPriorityWeightStrategy",
        Some("upstream") => "_UpstreamPriorityWeightStrategy",
        Some(_) | None => return name.clone(),
    };
    json!({ "$object": format!("airflow.task.priority_strategy:{class}"), "state": {} })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use dag_converter::diagnostic::Disposition;

    use super::*;

    #[test]
    fn instances_stand_where_the_task_stood() {
        let task = |id: &str, expand: Value, upstream: Value| {
            json!({
                "task_id": id, "class": "m:C", "fields": { "p": 1 }, "authored": {}, "set_later": [], "expand": expand,
                "upstream": upstream, "group": null, "resolved": {},
            })
        };
        let mapping = json!({ "class": "DictOfListsExpandInput", "value": { "x": [1, 2], "y": { "k": 3 } } });
        let dag: DagRecord = serde_json::from_value(json!({
            "dag_id": "d", "class": "m:D", "fields": {}, "schedule": {}, "groups": [], "labels": [],
            "tasks": [task("m", mapping, json!([])), task("last", Value::Null, json!(["m"]))],
        }))
        .expect("the record is well formed");
        let record = Diagnostic::file_error(codes::MAPPING_UNROLLED, PathBuf::new(), "as asked")
            .disposition(Disposition::Changed)
            .dag("d")
            .task("m");
        assert!(unrolled(&dag, &[record.clone().dag("other")]).is_none());
        let dag = unrolled(&dag, &[record]).expect("the task is written out");
        assert_eq!(
            dag.task("last").map(|task| task.upstream.clone()),
            Some(vec!["m__0".into(), "m__1".into()])
        );
        let second = dag.task("m__1").expect("there are two");
        assert_eq!(json!(second.fields), json!({ "p": 1, "x": 2, "y": { "$tuple": ["k", 3] } }));
    }
}
