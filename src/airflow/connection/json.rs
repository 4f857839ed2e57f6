//! A Connection as JSON: an object of its parts.

use serde_json::Value;

use super::Parts;
use super::uri::conn_type;

/// Reads the JSON of a Connection; nothing where Airflow would not take it, or would take it in a way that is not modelled.
///
/// Source: `Connection.from_json` of 2.10.5 and 3.0.6.
pub(super) fn read(text: &str) -> Option<Parts> {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return None };
    let mut parts = Parts::default();
    for (name, value) in object {
        let plain = match &value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        if value.is_null() {
            continue;
        }
        match name.as_str() {
            "conn_type" => parts.conn_type = Some(conn_type(&plain?)),
            "description" => parts.description = Some(plain?),
            "host" => parts.host = Some(plain?),
            "login" => parts.login = Some(plain?),
            "password" => parts.password = Some(plain?),
            "schema" => parts.schema = Some(plain?),
            "port" => {
                parts.port = match &value {
                    Value::Number(number) => Some(number.as_i64()?),
                    Value::String(text) if text.is_empty() => None,
                    Value::String(text) => Some(text.trim().parse().ok()?),
                    _ => return None,
                }
            }
            "extra" => parts.extra = Some(extra(value)?),
            _ => return None,
        }
    }
    Some(parts)
}

/// An extra that is no text is kept as the JSON that Python writes; its spelling is seen only by code that reads it as text.
fn extra(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(_) => Some(spaced(&value)),
        _ => None,
    }
}

/// `json.dumps` with its defaults: spaces behind commas and colons, and nothing beyond ASCII.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(items) => {
            let items: Vec<String> =
                items.iter().map(|(name, item)| format!("{}: {}", quoted(name), spaced(item))).collect();
            format!("{{{}}}", items.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quoted(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in Value::String(text.to_owned()).to_string().chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

/// The extra that the query of a URI stands for.
pub(super) fn of_query(pairs: &[(String, String)]) -> String {
    let object = pairs.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
    spaced(&Value::Object(object))
}
