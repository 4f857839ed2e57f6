//! The verdict on a DAG: whether what differs, or is missing, was said.

mod names;

use std::collections::BTreeSet;

use dag_converter::datum::XCom;
use dag_converter::diagnostic::{Diagnostic, Disposition, codes};
use serde_json::{Value, json};

use super::compare::{Difference, Scope};
use super::whole;

/// Codes of records.
pub(crate) type Codes = BTreeSet<&'static str>;

/// The verdict on one DAG.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    /// Nothing differs.
    Equal,
    /// All that differs was declared, with the codes of the records: something is left out that the target does not take.
    Declared(Codes),
    /// The same, and some value is written otherwise than the author wrote it.
    Changed(Codes),
    /// The same, and some value is one that the code falls back to, or depends on where it runs.
    Assumed(Codes),
    /// Something differs, and nothing was said: the differences.
    Silent(Vec<Difference>),
    /// There is no YAML, and a diagnostic says why: its code.
    Refused(String),
    /// There is no YAML, and no word.
    Lost,
    /// Nobody knows what Airflow would have made: how a stub was used.
    Unproved(String),
}

impl Verdict {
    /// The name in tables.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Declared(_) => "declared",
            Self::Changed(_) => "changed",
            Self::Assumed(_) => "assumed",
            Self::Silent(_) => "silent",
            Self::Refused(_) => "refused",
            Self::Lost => "lost",
            Self::Unproved(_) => "unproved",
        }
    }
}

/// The verdict on a DAG that was converted.
pub(crate) fn of_differences(
    dag_id: &str,
    differences: Vec<Difference>,
    diagnostics: &[Diagnostic],
) -> Verdict {
    if differences.is_empty() {
        return Verdict::Equal;
    }
    let (mut codes, mut silent) = (Codes::new(), Vec::new());
    let (mut is_changed, mut is_assumed) = (false, false);
    for difference in &differences {
        let Some(record) = declared(dag_id, difference, diagnostics) else {
            silent.push(difference.clone());
            continue;
        };
        codes.insert(record.code.as_str());
        match record.disposition {
            // The format cannot hold a function, and the one beside the definition does the same.
            Disposition::Changed if record.code == codes::PACKAGED_CODE && is_moved(difference) => {}
            Disposition::Changed if names::is_name_alone(difference, record, &differences) => {}
            Disposition::Changed => is_changed = true,
            Disposition::Assumed => is_assumed = true,
            Disposition::Dropped | Disposition::Refused | Disposition::Note => {}
        }
    }
    // What an uninstalled package holds under a name is nothing that Airflow could tell here.
    if let Some(first) = silent.first()
        && silent.iter().all(|difference| holds_stub(&difference.python))
    {
        return Verdict::Unproved(format!(
            "the value of `{}` is of a package that is not installed",
            first.field
        ));
    }
    match (silent.is_empty(), is_assumed, is_changed) {
        (false, _, _) => Verdict::Silent(silent),
        (true, true, _) => Verdict::Assumed(codes),
        (true, false, true) => Verdict::Changed(codes),
        (true, false, false) => Verdict::Declared(codes),
    }
}

/// Whether all that differs is where functions are defined: their code, their closures and their defaults are the same.
fn is_moved(difference: &Difference) -> bool {
    without_places(&difference.python) == without_places(&difference.yaml)
}

/// A value without the places of the functions in it whose code is known.
fn without_places(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_places).collect(),
        Value::Object(map) => {
            let is_function = map.contains_key("code") && map.contains_key("$ref");
            let parts = map.iter().filter(|(key, _)| !(is_function && *key == "$ref"));
            parts.map(|(key, value)| (key.clone(), without_places(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Whether a value is, or holds, what stands in for a name of a package that is not installed.
fn holds_stub(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_stub),
        Value::Object(map) => map.contains_key("$stub") || map.values().any(holds_stub),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The verdict on a DAG without definition.
pub(crate) fn of_missing(dag_id: &str, diagnostics: &[Diagnostic]) -> Verdict {
    let about = |diagnostic: &&Diagnostic| diagnostic.dag_id.as_deref().is_none_or(|id| id == dag_id);
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .find(about)
        .map_or(Verdict::Lost, |diagnostic| Verdict::Refused(diagnostic.code.as_str().to_owned()))
}

/// Why dag-factory has no DAG of a definition.
#[derive(Debug)]
pub(crate) enum NotBuilt {
    /// It could not load the definition: the end of the traceback.
    Failed(String),
    /// A stub was used.
    Unproved(String),
}

/// The verdict on a definition that dag-factory did not load: a silent difference, unless a module that must be importable
/// where it is loaded, as a record says, is not importable here: not at all, or, as the DAG file itself, not by Airflow 3.
pub(crate) fn of_unloadable(
    dag_id: &str,
    why: &NotBuilt,
    diagnostics: &[Diagnostic],
    importable: bool,
) -> Verdict {
    let said = match why {
        NotBuilt::Unproved(stub) => return Verdict::Unproved(stub.clone()),
        NotBuilt::Failed(said) => said,
    };
    let is_import = !importable
        || said
            .lines()
            .last()
            .is_some_and(|line| line.starts_with("ImportError") || line.starts_with("ModuleNotFoundError"));
    let needs = diagnostics
        .iter()
        .find(|found| found.code == codes::NEEDS_MODULE && found.dag_id.as_deref() == Some(dag_id));
    match needs {
        Some(needs) if is_import => Verdict::Unproved(needs.message.clone()),
        Some(_) | None => Verdict::Silent(vec![whole(json!("a DAG"), json!(said))]),
    }
}

/// The record that says what became of the attribute that differs, where one of them names it.
fn declared<'a>(
    dag_id: &str,
    difference: &Difference,
    diagnostics: &'a [Diagnostic],
) -> Option<&'a Diagnostic> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.dag_id.as_deref() == Some(dag_id))
        .filter(|diagnostic| match diagnostic.disposition {
            Disposition::Dropped | Disposition::Changed | Disposition::Assumed => true,
            Disposition::Refused | Disposition::Note => false,
        })
        .find(|diagnostic| {
            names(diagnostic, difference)
                || is_result(dag_id, diagnostic, difference)
                || is_of_instance(dag_id, diagnostic, difference, diagnostics)
        })
}

/// Whether a record about the code of a mapped task says what differs in an instance of it: the task is written out, as another
/// record says.
fn is_of_instance(
    dag_id: &str,
    diagnostic: &Diagnostic,
    difference: &Difference,
    all: &[Diagnostic],
) -> bool {
    let (Scope::Task(task), Some(mapped)) = (&difference.scope, &diagnostic.task_id) else { return false };
    let is_written_out = all.iter().any(|found| {
        found.code == codes::MAPPING_UNROLLED
            && found.dag_id.as_deref() == Some(dag_id)
            && found.task_id.as_ref() == Some(mapped)
    });
    let index = task.strip_prefix(mapped.as_str()).and_then(|rest| rest.strip_prefix("__"));
    let is_instance = index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
    diagnostic.code == codes::PACKAGED_CODE
        && is_written_out
        && is_instance
        && names(diagnostic, &Difference { scope: Scope::Task(mapped.clone()), ..difference.clone() })
}

/// Whether a record is about what differs: the same task, or the DAG whose argument its tasks take over.
fn names(diagnostic: &Diagnostic, difference: &Difference) -> bool {
    if diagnostic.code == codes::TASK_GROUPS_FLATTENED {
        return match difference.scope {
            Scope::Dag => false,
            Scope::Task(_) => difference.field == "task_group",
            Scope::Group(_) => difference.field == "itself",
        };
    }
    let Some(parameter) = diagnostic.parameter.as_deref() else { return false };
    let field = &difference.field;
    let is_new_name =
        diagnostic.code == codes::RENAMED_PARAMETER && diagnostic.message.ends_with(&format!("`{field}`"));
    let is_class = parameter == "operator" && diagnostic.code != codes::NEEDS_MODULE && field == "class";
    let field = field.strip_prefix("default_args.").unwrap_or(field);
    let parameter = parameter.rsplit('.').next().unwrap_or(parameter);
    match (&difference.scope, diagnostic.task_id.as_deref()) {
        (Scope::Task(task), Some(named)) if task != named => return false,
        (Scope::Dag | Scope::Group(_), Some(_)) => return false,
        // What the author gave the task itself is not said by a record about the DAG.
        (Scope::Task(_), None) if !difference.of_dag => return false,
        _ => {}
    }
    (is_new_name || is_class || stands_for(parameter, field))
        || difference.parameters.iter().any(|name| name == parameter)
}

/// Whether all that differs is that results of tasks are text, as a record says of an argument of that task: operators keep what
/// they are given under other names too.
fn is_result(dag_id: &str, diagnostic: &Diagnostic, difference: &Difference) -> bool {
    let Scope::Task(task) = &difference.scope else { return false };
    diagnostic.code == codes::RESULT_AS_TEXT
        && diagnostic.task_id.as_ref() == Some(task)
        && as_text(dag_id, &difference.python) == difference.yaml
}

/// A value with the results of tasks as the templates that they are written as.
fn as_text(dag_id: &str, value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| as_text(dag_id, item)).collect(),
        Value::Object(map) => match (map.get("$xcom"), map.get("key")) {
            (Some(Value::String(task)), Some(Value::String(key))) => {
                let xcom = XCom { dag_id: dag_id.to_owned(), task_id: task.clone(), key: key.clone() };
                json!(xcom.template())
            }
            _ => map.iter().map(|(key, value)| (key.clone(), as_text(dag_id, value))).collect(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Whether a parameter of a call decides an attribute of what is built.
pub(crate) fn stands_for(parameter: &str, field: &str) -> bool {
    if parameter == field {
        return true;
    }
    match parameter {
        "schedule" | "schedule_interval" | "timetable" => field.starts_with("schedule."),
        "start_date" | "end_date" | "catchup" => field == "schedule.runs",
        "fail_stop" => field == "fail_fast",
        "concurrency" => field == "max_active_tasks",
        "dependencies" => field == "upstream",
        "label" => field == "labels",
        "on_failure_callback" | "on_success_callback" => field.strip_prefix("has_") == Some(parameter),
        "pre_execute" | "post_execute" => {
            field.strip_prefix('_').and_then(|field| field.strip_suffix("_hook")) == Some(parameter)
        }
        "expand" => matches!(field, "expand" | "itself"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use dag_converter::diagnostic::{Place, Severity, codes};

    fn difference(scope: Scope, field: &str) -> Difference {
        Difference {
            scope,
            field: field.to_owned(),
            python: json!(1),
            yaml: json!(2),
            parameters: Vec::new(),
            of_dag: false,
        }
    }

    fn record(disposition: Disposition, task: Option<&str>, parameter: &str) -> Diagnostic {
        let mut record = Diagnostic::file_error(codes::UNSUPPORTED_PARAMETER, PathBuf::new(), "as asked")
            .dag("d")
            .parameter(parameter)
            .disposition(disposition);
        record.severity = Severity::Warning;
        record.task_id = task.map(str::to_owned);
        record
    }

    fn verdict(difference: Difference, record: Diagnostic) -> &'static str {
        of_differences("d", vec![difference], &[record]).name()
    }

    #[test]
    fn a_record_declares_what_it_names_and_no_more() {
        let task = |field| difference(Scope::Task("a".to_owned()), field);
        assert_eq!(verdict(task("retries"), record(Disposition::Dropped, Some("a"), "retries")), "declared");
        assert_eq!(verdict(task("retries"), record(Disposition::Dropped, Some("b"), "retries")), "silent");
        assert_eq!(verdict(task("retries"), record(Disposition::Dropped, Some("a"), "pool")), "silent");
        assert_eq!(verdict(task("retries"), record(Disposition::Note, Some("a"), "retries")), "silent");
        let of_dag = Difference { of_dag: true, ..task("retries") };
        let about_dag = record(Disposition::Dropped, None, "retries");
        assert_eq!(verdict(of_dag, about_dag.clone()), "declared");
        assert_eq!(verdict(task("retries"), about_dag), "silent");
        let entry = difference(Scope::Dag, "default_args.retries");
        assert_eq!(verdict(entry.clone(), record(Disposition::Dropped, None, "retries")), "declared");
        assert_eq!(verdict(entry, record(Disposition::Dropped, None, "pool")), "silent");
        let dag = difference(Scope::Dag, "schedule.runs");
        assert_eq!(verdict(dag.clone(), record(Disposition::Changed, None, "schedule")), "changed");
        assert_eq!(verdict(dag, record(Disposition::Changed, Some("a"), "schedule")), "silent");
    }

    #[test]
    fn changes_and_assumptions_are_counted_apart() {
        let both = vec![difference(Scope::Dag, "catchup"), difference(Scope::Dag, "tags")];
        let records =
            [record(Disposition::Dropped, None, "tags"), record(Disposition::Assumed, None, "catchup")];
        let verdict = of_differences("d", both.clone(), &records);
        assert_eq!(verdict, Verdict::Assumed(Codes::from(["unsupported-parameter"])));
        let records =
            [record(Disposition::Dropped, None, "tags"), record(Disposition::Changed, None, "catchup")];
        assert_eq!(of_differences("d", both, &records).name(), "changed");
    }

    #[test]
    fn a_function_beside_the_definition_does_the_same() {
        let function =
            |place: &str, code: &str| json!({"$ref": place, "code": code, "closure": [], "defaults": []});
        let moved = |code: &str| Difference {
            python: function("file:d.py:d.<locals>.f", "c0de"),
            yaml: function("d_code:f", code),
            ..difference(Scope::Task("a".to_owned()), "python_callable")
        };
        let record = Diagnostic {
            code: codes::PACKAGED_CODE,
            ..record(Disposition::Changed, Some("a"), "python_callable")
        };
        assert_eq!(verdict(moved("c0de"), record.clone()), "declared");
        assert_eq!(verdict(moved("bad"), record), "changed");
    }

    #[test]
    fn what_is_missing_without_a_word_is_lost() {
        assert_eq!(of_missing("d", &[]), Verdict::Lost);
        let refusal = Diagnostic::file_error(codes::UNKNOWN_VALUE, PathBuf::new(), "as asked");
        assert!(matches!(refusal.place, Place::File(_)));
        assert_eq!(of_missing("d", &[refusal.clone().dag("other")]), Verdict::Lost);
        assert_eq!(
            of_missing("d", &[refusal.clone().dag("d")]),
            Verdict::Refused("unknown-value".to_owned())
        );
        assert_eq!(of_missing("d", &[refusal]), Verdict::Refused("unknown-value".to_owned()));
    }
}
