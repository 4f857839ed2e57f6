//! Templates that read an Airflow Variable, on a target that has none: the value is written where it was supplied.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::is_template_field;
use crate::target::rendered::members_mut;

/// An expression that reads one Variable and does nothing else with it.
static READS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?-u)\{\{-?\s*var\.(?:value\.(\w+)|json\.(\w+)((?:\.\w+)*))\s*-?\}\}";
    Regex::new(pattern).expect("the pattern is valid")
});

/// Words in the names of Variables whose values Airflow masks.
///
/// Source: `DEFAULT_SENSITIVE_FIELDS` of Airflow 3.0.6.
const SENSITIVE: &[&str] = &[
    "access_token",
    "api_key",
    "apikey",
    "authorization",
    "keyfile_dict",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "secret",
    "service_account",
    "token",
];

/// Whether Airflow masks the value of what has this name.
pub(crate) fn is_sensitive(name: &str) -> bool {
    let lower = name.to_lowercase();
    SENSITIVE.iter().any(|word| lower.contains(word))
}

pub(super) fn run(draft: &mut Draft<'_>) {
    let offered =
        draft.target.templates.as_ref().is_none_or(|table| table.variables.iter().any(|name| name == "var"));
    if offered || draft.options.variables.is_empty() {
        return;
    }
    for place in 0..draft.tasks.len() {
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        let operator = draft.tasks[place].operator.clone();
        let rendered = |entry: &&mut Entry| is_template_field(&operator, &entry.name) != Some(false);
        for entry in arguments.iter_mut().filter(rendered) {
            let mut names = Vec::new();
            substitute(&mut entry.value, draft, &mut names);
            if names.is_empty() {
                continue;
            }
            names.dedup();
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message =
                format!("the value of the Variable {} is written in place of the template", names.join(", "));
            let warning =
                Diagnostic::warning(codes::VARIABLE_WRITTEN, Disposition::Changed, entry.span, message)
                    .help("convert again when the Variable changes");
            draft.report_on(Owner::Task(place), &entry.name, warning);
        }
        draft.tasks[place].arguments = arguments;
    }
}

/// Writes the values into every text of a datum, and notes the names.
fn substitute(value: &mut Datum, draft: &Draft<'_>, names: &mut Vec<String>) {
    match value {
        Datum::Str(text) if text.contains("var.") => {
            let replaced =
                READS.replace_all(text, |captures: &Captures<'_>| match value_of(captures, draft) {
                    Some((name, value)) => {
                        names.push(name);
                        value
                    }
                    None => captures[0].to_owned(),
                });
            let replaced = replaced.into_owned();
            *text = replaced;
        }
        other => members_mut(other).for_each(|item| substitute(item, draft, names)),
    }
}

/// The name of the Variable and the text that the expression renders to, where that is known and may be shown.
fn value_of(captures: &Captures<'_>, draft: &Draft<'_>) -> Option<(String, String)> {
    let name = captures.get(1).or_else(|| captures.get(2))?.as_str();
    if is_sensitive(name) {
        return None;
    }
    let supplied = draft.options.variables.get(name)?;
    let text = match captures.get(3) {
        None => supplied.clone(),
        Some(path) => {
            let mut value: serde_json::Value = serde_json::from_str(supplied).ok()?;
            for key in path.as_str().split('.').filter(|key| !key.is_empty()) {
                value = value.get_mut(key)?.take();
            }
            match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) if number.is_i64() => number.to_string(),
                serde_json::Value::Bool(true) => "True".to_owned(),
                serde_json::Value::Bool(false) => "False".to_owned(),
                _ => return None,
            }
        }
    };
    // The service would render a template in the value; Airflow does not.
    let plain = !["{{", "{%", "{#"].iter().any(|mark| text.contains(mark));
    plain.then(|| (name.to_owned(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::{EMR, arg, dag, options, sources, task};
    use crate::target::{Target, render};

    #[test]
    fn supplied_variables_are_written_where_the_service_has_none() {
        let text = "s3://{{ var.value.bucket }}/{{ var.json.conf.a.b }}/{{ var.value.db_password }}/{{ var.value.none }}";
        let dag = dag("d").with_task(task("a", EMR, vec![arg("job_flow_overrides", Datum::str(text))]));
        let variables = [("bucket", "b"), ("conf", r#"{"a": {"b": 1}}"#), ("db_password", "x")];
        let options = options(variables);
        let written = |target: &str| {
            format!("{:?}", render(Target::by_name(target).unwrap(), &dag, &options, &sources().0).definition)
        };
        let kept = "{{ var.value.db_password }}/{{ var.value.none }}";
        assert!(written("mwaa-serverless").contains(&format!("s3://b/1/{kept}")));
        assert!(written("dag-factory").contains(text));
    }
}
