//! Values of definitions: when two are the same, where they differ, and how one is shown on a line.

use super::Change;
use crate::datum::{DateTime, Datum, TimeDelta, TypedObject, Zone};

/// A text that two values share just where dag-factory makes the same of them; the order of maps and sets says nothing.
pub(super) fn canonical(value: &Datum) -> String {
    let sorted = |items: &[Datum]| {
        let mut items: Vec<String> = items.iter().map(canonical).collect();
        items.sort();
        items.join(",")
    };
    let pairs = |pairs: &[(Datum, Datum)]| {
        let mut pairs: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{}:{}", canonical(key), canonical(value))).collect();
        pairs.sort();
        pairs.join(",")
    };
    let items = |items: &[Datum]| items.iter().map(canonical).collect::<Vec<_>>().join(",");
    match value {
        Datum::List(list) => format!("[{}]", items(list)),
        Datum::Tuple(tuple) => format!("({})", items(tuple)),
        Datum::Set(set) => format!("set({})", sorted(set)),
        Datum::FrozenSet(set) => format!("frozenset({})", sorted(set)),
        Datum::Map(map) => format!("{{{}}}", pairs(map)),
        Datum::Object(object) => {
            let TypedObject { path, args, kwargs } = object.as_ref();
            let kwargs: Vec<(Datum, Datum)> =
                kwargs.iter().map(|(name, value)| (Datum::str(name), value.clone())).collect();
            format!("{path:?}({},{})", items(args), pairs(&kwargs))
        }
        plain => format!("{plain:?}"),
    }
}

/// The places where two maps differ, by path.
pub(super) fn changes(old: &[(Datum, Datum)], new: &[(Datum, Datum)]) -> Vec<Change> {
    let mut found = Vec::new();
    in_maps(old, new, "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn in_maps(old: &[(Datum, Datum)], new: &[(Datum, Datum)], path: &str, found: &mut Vec<Change>) {
    let get = |map: &[(Datum, Datum)], key: &str| {
        map.iter().find(|(other, _)| canonical(other) == key).map(|(_, value)| value.clone())
    };
    let path_of = |key: &Datum| {
        let name = if let Datum::Str(name) = key { name.clone() } else { inline(key) };
        if path.is_empty() { name } else { format!("{path}.{name}") }
    };
    for (key, value) in old {
        match get(new, &canonical(key)) {
            Some(now) => between(value, &now, &path_of(key), found),
            None => found.push(Change { path: path_of(key), old: Some(value.clone()), new: None }),
        }
    }
    for (key, value) in new {
        if get(old, &canonical(key)).is_none() {
            found.push(Change { path: path_of(key), old: None, new: Some(value.clone()) });
        }
    }
}

fn between(old: &Datum, new: &Datum, path: &str, found: &mut Vec<Change>) {
    if canonical(old) == canonical(new) {
        return;
    }
    match (old, new) {
        (Datum::Map(old), Datum::Map(new)) if !old.is_empty() && !new.is_empty() => {
            in_maps(old, new, path, found);
        }
        (Datum::List(old), Datum::List(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                between(old, new, &format!("{path}[{index}]"), found);
            }
        }
        _ => found.push(Change { path: path.to_owned(), old: Some(old.clone()), new: Some(new.clone()) }),
    }
}

/// The value on one line: JSON where JSON has it, else the call or the text that makes it.
pub fn inline(value: &Datum) -> String {
    let items = |items: &[Datum]| items.iter().map(inline).collect::<Vec<_>>().join(", ");
    match value {
        Datum::Null => "null".to_owned(),
        Datum::Bool(truth) => truth.to_string(),
        Datum::Int(number) => number.to_string(),
        Datum::Float(float) => format!("{float:?}"),
        Datum::Str(text) => serde_json::Value::from(text.as_str()).to_string(),
        Datum::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Datum::List(list) => format!("[{}]", items(list)),
        Datum::Tuple(tuple) => format!("({})", items(tuple)),
        Datum::Set(set) | Datum::FrozenSet(set) => format!("set({})", items(set)),
        Datum::Map(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{}: {}", inline(key), inline(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Datum::DateTime(DateTime { civil, zone }) => match zone {
            None => civil.to_string(),
            Some(Zone::Utc) => format!("{civil}Z"),
            Some(Zone::Fixed(seconds)) => format!(
                "{civil}{}",
                jiff::tz::Offset::from_seconds(*seconds)
                    .map_or_else(|_| format!("{seconds:+} s"), |offset| offset.to_string())
            ),
            Some(Zone::Named(name)) => format!("{civil}[{name}]"),
        },
        Datum::Date(date) => date.to_string(),
        Datum::Time(time) => time.to_string(),
        Datum::TimeDelta(delta) => delta_text(*delta),
        Datum::Object(object) => {
            let kwargs = object.kwargs.iter().map(|(name, value)| format!("{name}={}", inline(value)));
            let args = object.args.iter().map(inline).chain(kwargs);
            format!("{}({})", object.path, args.collect::<Vec<_>>().join(", "))
        }
        Datum::Reference(to) => to.name.clone(),
        Datum::XCom(xcom) => xcom.template(),
        Datum::Unknown(_) => "?".to_owned(),
    }
}

/// `1d 2h 30m`, the units that are zero left out.
fn delta_text(TimeDelta { days, seconds, microseconds }: TimeDelta) -> String {
    let parts = [
        (days, "d"),
        (i64::from(seconds / 3600), "h"),
        (i64::from(seconds / 60 % 60), "m"),
        (i64::from(seconds % 60), "s"),
        (i64::from(microseconds), "us"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}
