//! SARIF 2.1.0, which code scanning services read.
//!
//! Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0" of OASIS. One run, one result for each finding;
//! the rules are the codes that occur.

use std::path::{Component, Path};

use indexmap::IndexSet;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::place::{Columns, Region, relative};
use super::{Code, Diagnostic, Place, Severity};
use crate::source::Sources;

/// Where the schema is to be had.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// What is escaped in a part of a path: all but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The findings as a SARIF log. Paths below `base`, the checkout, are written from there.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let rules: IndexSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, rules.get_index_of(&diagnostic.code), sources, base))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "dag-converter",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let (meaning, text) = code.entry().map_or(("", ""), |entry| (entry.meaning(), entry.text()));
    let usual = code.entry().and_then(|entry| entry.severities().next()).unwrap_or("warning");
    json!({
        "id": code.as_str(),
        "name": pascal_case(code.as_str()),
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": usual},
    })
}

fn result(diagnostic: &Diagnostic, rule: Option<usize>, sources: &Sources, base: &Path) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = diagnostic.message.clone();
    if let Some(concerns) = diagnostic.concerns() {
        text = format!("{text} ({concerns})");
    }
    if let Some(help) = &diagnostic.help {
        text = format!("{text}\nhelp: {help}");
    }
    let mut location = json!({"physicalLocation": physical(&diagnostic.place, sources, base)});
    if let Some(dag_id) = &diagnostic.dag_id {
        let task_id = diagnostic.task_id.as_deref();
        let full = task_id.map_or_else(|| dag_id.clone(), |task_id| format!("{dag_id}/{task_id}"));
        location["logicalLocations"] =
            json!([{"name": task_id.unwrap_or(dag_id), "fullyQualifiedName": full, "kind": "resource"}]);
    }
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "level": level,
        "message": {"text": text},
        "locations": [location],
        "properties": {
            "disposition": diagnostic.disposition,
            "dagId": diagnostic.dag_id,
            "taskId": diagnostic.task_id,
            "parameter": diagnostic.parameter,
        },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    if !diagnostic.labels.is_empty() {
        let related = diagnostic.labels.iter().enumerate().map(|(id, label)| {
            json!({
                "id": id,
                "physicalLocation": physical(&Place::Span(label.span), sources, base),
                "message": {"text": label.message},
            })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn physical(place: &Place, sources: &Sources, base: &Path) -> Value {
    let mut location = json!({"artifactLocation": {"uri": uri(&relative(&place.path(sources), base))}});
    if let Some(region) = Region::of_place(place, sources, Columns::Utf16) {
        location["region"] = json!({
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        });
    }
    location
}

/// A relative reference, or a `file:` URI of an absolute path.
fn uri(path: &Path) -> String {
    let is_absolute = path.is_absolute();
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(utf8_percent_encode(&part.to_string_lossy(), ESCAPED).to_string()),
        Component::ParentDir => Some("..".to_owned()),
        Component::Prefix(prefix) => Some(prefix.as_os_str().to_string_lossy().into_owned()),
        Component::CurDir | Component::RootDir => None,
    });
    let path = parts.collect::<Vec<_>>().join("/");
    if is_absolute { format!("file:///{path}") } else { path }
}

fn pascal_case(name: &str) -> String {
    name.split('-')
        .flat_map(|word| {
            word.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        for (path, expected) in [
            ("dags/a.py", "dags/a.py"),
            ("dags/é 1#?%:x.py", "dags/%C3%A9%201%23%3F%25%3Ax.py"),
            ("../a.py", "../a.py"),
            ("/srv/a.py", "file:///srv/a.py"),
        ] {
            assert_eq!(uri(Path::new(path)), expected);
        }
    }

    #[test]
    fn rules_have_names_without_signs() {
        assert_eq!(pascal_case("unknown-call-in-dag"), "UnknownCallInDag");
    }
}
