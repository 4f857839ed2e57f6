//! Differences that are nothing but names: what Airflow 3 calls otherwise, with the same value under both names.
//!
//! The target has the new name alone, so the definition can say it in no other way. Each is held against the catalogue and against
//! its counterpart on the other side; a value that is another one stays a change.

use dag_converter::catalog::{self, Move, Resolved};
use dag_converter::diagnostic::{Diagnostic, codes};
use serde_json::{Map, Value, json};

use crate::parity::compare::{Difference, Scope};

/// Whether all that differs is a name that the record gives: of the task's class, of a class in a value, or of a parameter; or a
/// default that the old class had and the one of today has to be given.
pub(super) fn is_name_alone(difference: &Difference, record: &Diagnostic, all: &[Difference]) -> bool {
    let field = difference.field.as_str();
    if record.code == codes::MOVED_NAME {
        return match field {
            "class" => today(&difference.python).is_some_and(|today| path(&difference.yaml) == Some(today)),
            _ => without_modules(&difference.python) == without_modules(&difference.yaml),
        };
    }
    if record.code == codes::RENAMED_PARAMETER {
        let Some(old) = &record.parameter else { return false };
        let old = old.rsplit('.').next().unwrap_or(old);
        return match (difference.python.is_null(), difference.yaml.is_null()) {
            (true, false) => all.iter().any(|other| gives_up(other, difference, old)),
            (false, true) => field == old && all.iter().any(|other| takes_over(other, difference, record)),
            _ => false,
        };
    }
    if record.code == codes::DEFAULT_ARGS_MOVED {
        // What the tasks have of it under a new name, they have as an argument of their own.
        let Some(name) = field.strip_prefix("default_args.") else { return false };
        let has_it = |other: &&Difference| matches!(other.scope, Scope::Task(_)) && other.python.is_null();
        let mut tasks = all.iter().filter(has_it).filter(|other| gives_up(difference, other, name));
        return difference.yaml.is_null() && tasks.next().is_some();
    }
    record.code == codes::IMPLIED_DEFAULT && is_default_of_old_class(difference, all)
}

/// Whether a difference is the loss, under the old name, of what another has under the new one: the task's, or the DAG's default.
fn gives_up(lost: &Difference, new: &Difference, old: &str) -> bool {
    let is_old = match &lost.scope {
        Scope::Dag => lost.field.strip_prefix("default_args.") == Some(old),
        Scope::Task(_) => lost.scope == new.scope && lost.field == old,
        Scope::Group(_) => false,
    };
    is_old && lost.yaml.is_null() && lost.python == new.yaml
}

/// Whether a difference of the same task has under the name that the record gives what is lost under the old one.
fn takes_over(new: &Difference, lost: &Difference, record: &Diagnostic) -> bool {
    let is_new = record.message.ends_with(&format!("`{}`", new.field));
    is_new && new.scope == lost.scope && new.python.is_null() && new.yaml == lost.python
}

/// Whether a task is given what its class of before gave that of today, as the catalogue has it.
fn is_default_of_old_class(difference: &Difference, all: &[Difference]) -> bool {
    let class = all.iter().find(|other| other.scope == difference.scope && other.field == "class");
    let Some(old) = class.and_then(|class| path(&class.python)) else { return false };
    let mut filled = catalog::filled(&old).into_iter();
    let is_given = filled.any(|(name, literal)| {
        name == difference.field && plain(literal).is_some_and(|value| value == difference.yaml)
    });
    is_given && difference.python.is_null()
}

/// A plain literal of the catalogue as JSON.
fn plain(literal: &str) -> Option<Value> {
    match literal {
        "None" => Some(Value::Null),
        "True" => Some(json!(true)),
        "False" => Some(json!(false)),
        // Strings and numbers are written as JSON writes them, save what a backslash stands for.
        _ if literal.contains('\\') => None,
        _ => serde_json::from_str(literal).ok(),
    }
}

/// The import path of a class.
fn path(class: &Value) -> Option<String> {
    class.as_str().map(|class| class.replace(':', "."))
}

/// The path of today of a class that is the same under another name; one that a notice only names instead is none.
fn today(class: &Value) -> Option<String> {
    match catalog::resolve(&path(class)?)? {
        Resolved::Moved { to, how: Move::Moved | Move::Renamed, .. } => Some(to.to_owned()),
        Resolved::Moved { how: Move::Replaced, .. } | Resolved::Current(_) | Resolved::Gone { .. } => None,
    }
}

/// A value whose objects are named by their classes alone: between versions, modules moved.
fn without_modules(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_modules).collect(),
        Value::Object(map) => {
            let part = |(key, value): (&String, &Value)| {
                let value = match (key.as_str(), value) {
                    ("$object", Value::String(class)) => json!(class.rsplit(':').next()),
                    (_, value) => without_modules(value),
                };
                (key.clone(), value)
            };
            Value::Object(map.iter().map(part).collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::parity::judge::of_differences;
    use dag_converter::diagnostic::{Code, Disposition, Severity};

    fn difference(task: Option<&str>, field: &str, python: Value, yaml: Value) -> Difference {
        let scope = task.map_or(Scope::Dag, |task| Scope::Task(task.to_owned()));
        Difference { scope, field: field.to_owned(), python, yaml, parameters: Vec::new(), of_dag: false }
    }

    fn record(code: Code, task: Option<&str>, parameter: &str, message: &str) -> Diagnostic {
        let mut record = Diagnostic::file_error(code, PathBuf::new(), message)
            .dag("d")
            .parameter(parameter)
            .disposition(Disposition::Changed);
        record.severity = Severity::Note;
        record.task_id = task.map(str::to_owned);
        record
    }

    const OLD: &str = "airflow.providers.amazon.aws.operators.redshift_sql.RedshiftSQLOperator";
    const NEW: &str = "airflow.providers.common.sql.operators.sql:SQLExecuteQueryOperator";

    fn class(old: &str, new: &str) -> Difference {
        difference(Some("a"), "class", json!(old), json!(new))
    }

    fn given(name: &str, python: Value, yaml: Value) -> Difference {
        difference(Some("a"), name, python, yaml)
    }

    #[test]
    fn a_class_under_another_name_is_the_same_and_a_replacement_is_not() {
        let record = record(codes::MOVED_NAME, Some("a"), "operator", "as asked");
        let judged = |difference| of_differences("d", vec![difference], std::slice::from_ref(&record)).name();
        assert_eq!(judged(class(OLD, NEW)), "declared");
        let other = "airflow.providers.standard.operators.bash:BashOperator";
        assert_eq!(judged(class(OLD, other)), "changed");
        let replaced = "airflow.providers.snowflake.operators.snowflake.SnowflakeOperator";
        assert_eq!(judged(class(replaced, NEW)), "changed");
    }

    #[test]
    fn a_default_of_the_old_class_is_what_the_catalogue_says() {
        let records = [
            record(codes::MOVED_NAME, Some("a"), "operator", "as asked"),
            record(codes::IMPLIED_DEFAULT, Some("a"), "conn_id", "as asked"),
        ];
        let judged = |value: Value| {
            let found = vec![class(OLD, NEW), given("conn_id", Value::Null, value)];
            of_differences("d", found, &records).name()
        };
        assert_eq!(judged(json!("redshift_default")), "declared");
        assert_eq!(judged(json!("another")), "changed");
    }

    #[test]
    fn a_parameter_under_another_name_has_the_same_value() {
        let records =
            [record(codes::RENAMED_PARAMETER, Some("a"), "name", "`name` is written as `cluster_name`")];
        let judged = |value: Value| {
            let found =
                vec![given("name", json!("x"), Value::Null), given("cluster_name", Value::Null, value)];
            of_differences("d", found, &records).name()
        };
        assert_eq!(judged(json!("x")), "declared");
        assert_eq!(judged(json!("y")), "changed");
        let lost = vec![given("name", json!("x"), Value::Null)];
        assert_eq!(of_differences("d", lost, &records).name(), "changed");
    }

    #[test]
    fn a_default_of_the_dag_goes_to_its_tasks_under_another_name() {
        let records = [
            record(codes::DEFAULT_ARGS_MOVED, None, "project", "as asked"),
            record(codes::RENAMED_PARAMETER, Some("a"), "project", "`project` is written as `project_id`"),
        ];
        let judged = |value: Value| {
            let found = vec![
                difference(None, "default_args.project", json!("p"), Value::Null),
                given("project_id", Value::Null, value),
            ];
            of_differences("d", found, &records).name()
        };
        assert_eq!(judged(json!("p")), "declared");
        assert_eq!(judged(json!("q")), "changed");
    }

    #[test]
    fn an_object_of_a_moved_class_has_the_same_state() {
        let records = [record(codes::MOVED_NAME, Some("a"), "secrets", "as asked")];
        let secret =
            |module: &str, key: &str| json!([{"$object": format!("{module}:Secret"), "state": {"key": key}}]);
        let judged = |key: &str| {
            let (python, yaml) = (
                secret("airflow.kubernetes.secret", "k"),
                secret("airflow.providers.cncf.kubernetes.secret", key),
            );
            of_differences("d", vec![given("secrets", python, yaml)], &records).name()
        };
        assert_eq!(judged("k"), "declared");
        assert_eq!(judged("other"), "changed");
    }
}
