//! A difference as one JSON document, as `docs/diff.schema.json` describes it.

use serde_json::{Map, Value, json};

use crate::compare::{Change, Comparison, DagChange, Fate, MemberChange, inline};
use crate::datum::Datum;

/// The document.
pub(super) fn render(comparison: &Comparison) -> String {
    let dags: Vec<Value> = comparison.dags.iter().map(dag).collect();
    let document = json!({"identical": comparison.is_empty(), "same": comparison.same, "dags": dags});
    format!("{document:#}\n")
}

fn dag(dag: &DagChange) -> Value {
    let edge = |change: &'static str| move |edge: &crate::compare::Edge| json!({"upstream": edge.upstream, "downstream": edge.downstream, "change": change});
    let added = dag.edges_added.iter().map(edge("added"));
    let removed = dag.edges_removed.iter().map(edge("removed"));
    json!({
        "dag_id": dag.dag_id,
        "change": word(&dag.fate),
        "renamed_from": from(&dag.fate),
        "task_count": dag.task_count,
        "parameters": dag.parameters.iter().map(change).collect::<Vec<_>>(),
        "tasks": dag.members.iter().filter(|member| !member.is_group).map(member).collect::<Vec<_>>(),
        "groups": dag.members.iter().filter(|member| member.is_group).map(member).collect::<Vec<_>>(),
        "edges": added.chain(removed).collect::<Vec<_>>(),
    })
}

fn member(member: &MemberChange) -> Value {
    json!({
        "id": member.id,
        "change": word(&member.fate),
        "renamed_from": from(&member.fate),
        "operator": member.operator,
        "parameters": member.parameters.iter().map(change).collect::<Vec<_>>(),
    })
}

/// The side that has no value has no key, which tells it from null.
fn change(change: &Change) -> Value {
    let mut object = Map::new();
    object.insert("parameter".to_owned(), Value::from(change.path.as_str()));
    for (key, side) in [("old", &change.old), ("new", &change.new)] {
        if let Some(datum) = side {
            object.insert(key.to_owned(), value(datum));
        }
    }
    Value::Object(object)
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Changed => "changed",
        Fate::Renamed { .. } => "renamed",
    }
}

fn from(fate: &Fate) -> Option<&str> {
    match fate {
        Fate::Renamed { from } => Some(from),
        Fate::Added | Fate::Removed | Fate::Changed => None,
    }
}

/// The value as JSON; what JSON has not is its text on one line.
fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Null => Value::Null,
        Datum::Bool(truth) => Value::from(*truth),
        Datum::Int(number) => {
            number.to_string().parse().map_or_else(|_| Value::from(number.to_string()), Value::Number)
        }
        Datum::Float(float) if float.is_finite() => Value::from(*float),
        Datum::Str(text) => Value::from(text.as_str()),
        Datum::List(items) | Datum::Tuple(items) | Datum::Set(items) | Datum::FrozenSet(items) => {
            items.iter().map(value).collect()
        }
        Datum::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, datum)| {
                let key = if let Datum::Str(key) = key { key.clone() } else { inline(key) };
                (key, value(datum))
            });
            Value::Object(pairs.collect())
        }
        other => Value::from(inline(other)),
    }
}
