//! What the user supplies of what the code reads from outside: environment, Variables, Connections, configuration, the clock.
//!
//! Values may be secrets, so no message of this file holds one.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::args::OutsideArgs;
use super::error::Error;
use super::python_json;
use crate::eval::{FACTS, is_fact};

mod airflow_cfg;
mod dotenv;
mod file;

/// Everything that is supplied by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) env: BTreeMap<String, String>,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) connections: BTreeMap<String, String>,
    pub(super) config: BTreeMap<String, String>,
    pub(super) machine: BTreeMap<String, String>,
    pub(super) pure: Vec<String>,
}

/// What the flags and their files supply. A flag for one name is stronger than `--inputs`, and that than files of one kind.
pub(super) fn given(args: &OutsideArgs) -> Result<Given, Error> {
    let configured = args.configured.clone();
    let mut given = Given { env: configured.env, variables: configured.variables, ..Given::default() };
    for path in &args.env_file {
        given.env.extend(dotenv::read(path)?);
    }
    if let Some(path) = &args.variables_file {
        given.variables.extend(variables_file(path)?);
    }
    if let Some(path) = &args.airflow_config {
        given.config = airflow_cfg::read(path)?;
    }
    for path in &args.inputs {
        file::read(path, &mut given)?;
    }
    for pair in &args.env {
        let (name, value) = split("--env", pair)?;
        given.env.insert(name, value);
    }
    for pair in &args.variable {
        let (name, value) = split("--variable", pair)?;
        given.variables.insert(name, value);
    }
    for pair in &args.connection {
        let (name, value) = split("--connection", pair)?;
        given.connections.insert(name, value);
    }
    for pair in &args.machine {
        let (name, value) = split("--machine", pair)?;
        check_fact(&name)?;
        given.machine.insert(name, value);
    }
    given.pure.extend(args.pure.iter().cloned());
    check_pure(&given.pure)?;
    Ok(given)
}

/// Whether a fact of the machine goes by this name.
fn check_fact(name: &str) -> Result<(), Error> {
    if is_fact(name) {
        return Ok(());
    }
    let names: Vec<String> = FACTS.iter().map(|(name, _)| format!("`{name}`")).collect();
    let names = names.join(", ");
    Err(Error::Usage(format!("the facts of a machine are {names} and `which.COMMAND`, not `{name}`")))
}

/// Whether all of these are import paths.
fn check_pure(paths: &[String]) -> Result<(), Error> {
    let is_name = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_')
    };
    match paths.iter().find(|path| !path.split('.').all(is_name)) {
        Some(path) => {
            Err(Error::Usage(format!("`--pure` takes an import path such as `acme.tools.f`, not `{path}`")))
        }
        None => Ok(()),
    }
}

/// The instant that the clock shows: `--now`, else SOURCE_DATE_EPOCH, else what the output folder keeps, else the present.
pub(super) fn now(given: Option<Timestamp>, kept: Option<Timestamp>) -> Result<Timestamp, Error> {
    if let Some(now) = given {
        return Ok(now);
    }
    if let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty()) {
        let seconds = epoch.to_str().and_then(|text| text.parse().ok());
        let instant = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        return instant.ok_or_else(|| {
            Error::Usage("the environment variable `SOURCE_DATE_EPOCH` is no number of seconds".to_owned())
        });
    }
    let present = Timestamp::now();
    // Whole seconds keep the manifest readable.
    Ok(kept.or_else(|| Timestamp::from_second(present.as_second()).ok()).unwrap_or(present))
}

fn split(flag: &str, pair: &str) -> Result<(String, String), Error> {
    match pair.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => {
            Err(Error::Usage(format!("`{flag}` takes NAME=VALUE; one that was given has no name or no `=`")))
        }
    }
}

/// Reads Airflow's export format: an object of names with values, or with objects of `value` and `description`.
///
/// Source: `variables_import` of Airflow 3.0.6; 2.10.5 is the same.
fn variables_file(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let json: Value = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Error::content(path, format!("is no JSON: it cannot be read at line {line}, column {column}"))
    })?;
    let Value::Object(variables) = json else {
        return Err(Error::content(
            path,
            "is no JSON object of names and values, as `airflow variables export` writes",
        ));
    };
    Ok(variables.into_iter().map(|(name, value)| (name, stored(value))).collect())
}

/// The text that Airflow keeps for an imported value.
fn stored(value: Value) -> String {
    let value = match value {
        Value::Object(mut object) if object.get("value").is_some_and(is_true) => {
            object.swap_remove("value").unwrap_or_default()
        }
        other => other,
    };
    match value {
        Value::String(text) => text,
        other => python_json::dumps(&other),
    }
}

/// Python's truth of a JSON value.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(items) => !items.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variables_file_is_read_as_airflow_imports_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("variables.json");
        let json = r#"{"text": "plain", "number": 3, "object": {"a": [1]}, "described": {"value": "v", "description": "d"},
            "described_object": {"value": {"k": 1}, "description": null}, "empty": {"value": ""}, "none": null}"#;
        std::fs::write(&path, json).unwrap();
        let variables = variables_file(&path).unwrap();
        let got: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            got,
            [
                ("described", "v"),
                ("described_object", "{\n  \"k\": 1\n}"),
                ("empty", "{\n  \"value\": \"\"\n}"),
                ("none", "null"),
                ("number", "3"),
                ("object", "{\n  \"a\": [\n    1\n  ]\n}"),
                ("text", "plain"),
            ]
        );
    }

    #[test]
    fn messages_hold_no_values() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("variables.json");
        for text in ["\"hunter2\"", "{\"a\": hunter2}", "{\"a\": \"hunter2}"] {
            std::fs::write(&path, text).unwrap();
            assert!(!variables_file(&path).unwrap_err().to_string().contains("hunter2"));
        }
        for pair in ["=hunter2", "hunter2"] {
            assert!(!split("--env", pair).unwrap_err().to_string().contains("hunter2"));
        }
        assert_eq!(split("--env", "A=b=c").unwrap(), ("A".to_owned(), "b=c".to_owned()));
    }
}
