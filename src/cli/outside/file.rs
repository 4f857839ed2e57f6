//! `--inputs`: a file with everything that is supplied from outside, as `dag-converter inputs --format toml` begins it.

use std::path::Path;

use serde_json::{Map, Value};

use super::Given;
use crate::cli::error::Error;
use crate::cli::python_json;

/// Adds what the file supplies: tables `variables`, `env`, `connections`, `config`, `machine`, and the list `pure`. A file whose name ends in
/// `.json` is JSON of the same form.
pub(super) fn read(path: &Path, given: &mut Given) -> Result<(), Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let parsed: Result<Value, String> = if is_json {
        serde_json::from_str(&text).map_err(|error| {
            format!("is no JSON: it cannot be read at line {}, column {}", error.line(), error.column())
        })
    } else {
        toml::from_str(&text).map_err(|error| format!("is no TOML: {}", place(&text, &error)))
    };
    let Value::Object(root) = parsed.map_err(|what| Error::content(path, what))? else {
        return Err(Error::content(path, "holds no tables of what is supplied"));
    };
    for (name, value) in root {
        match (name.as_str(), value) {
            ("variables", Value::Object(items)) => {
                given.variables.extend(items.into_iter().map(|(name, value)| (name, stored(value))));
            }
            ("connections", Value::Object(items)) => {
                for (name, value) in items {
                    let text = match value {
                        Value::String(text) => text,
                        Value::Object(_) => value.to_string(),
                        _ => {
                            return Err(no_text(
                                path,
                                "connections",
                                &name,
                                "a URI, or a table of its parts",
                            ));
                        }
                    };
                    given.connections.insert(name, text);
                }
            }
            ("env", Value::Object(items)) => {
                for (name, value) in items {
                    let Value::String(text) = value else {
                        return Err(no_text(path, "env", &name, "text, as the environment holds"));
                    };
                    given.env.insert(name, text);
                }
            }
            ("config", Value::Object(items)) => config(path, items, given)?,
            ("machine", Value::Object(items)) => {
                for (name, value) in items {
                    super::check_fact(&name)?;
                    let text =
                        scalar(value).ok_or_else(|| no_text(path, "machine", &name, "a plain value"))?;
                    given.machine.insert(name, text);
                }
            }
            ("pure", Value::Array(items)) => {
                for item in items {
                    let Value::String(text) = item else {
                        return Err(Error::content(path, "has something in `pure` that is no import path"));
                    };
                    given.pure.push(text);
                }
            }
            _ => {
                let what = format!(
                    "has `{name}`, which is none of the tables `variables`, `env`, `connections`, `config`, `machine` and the list `pure`"
                );
                return Err(Error::content(path, what));
            }
        }
    }
    Ok(())
}

/// `"section.key" = …`, or a table for each section.
fn config(path: &Path, items: Map<String, Value>, given: &mut Given) -> Result<(), Error> {
    for (name, value) in items {
        match value {
            Value::Object(options) => {
                for (key, value) in options {
                    let text = scalar(value).ok_or_else(|| no_text(path, "config", &key, "a plain value"))?;
                    given.config.insert(format!("{name}.{key}").to_lowercase(), text);
                }
            }
            value => {
                let text = scalar(value).ok_or_else(|| no_text(path, "config", &name, "a plain value"))?;
                given.config.insert(name.to_lowercase(), text);
            }
        }
    }
    Ok(())
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Bool(flag) => Some(if flag { "True" } else { "False" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text that Airflow keeps: a value that is no text is a Variable of JSON.
fn stored(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => python_json::dumps(&other),
    }
}

fn no_text(path: &Path, table: &str, name: &str, wanted: &str) -> Error {
    Error::content(path, format!("has an entry in `{table}` that is not {wanted}: `{name}`"))
}

/// Where a TOML file is wrong; its own message may hold a value.
fn place(text: &str, error: &toml::de::Error) -> String {
    match error.span() {
        Some(span) => {
            let line = text.get(..span.start).unwrap_or(text).matches('\n').count() + 1;
            format!("it cannot be read at line {line}")
        }
        None => "it cannot be read".to_owned(),
    }
}
