//! Templates: variables and macros that the service does not offer.

use crate::dag::SourceAirflow;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::is_template_field;
use crate::target::profile::Templates;
use crate::target::template::{Name, names};

pub(super) fn run(draft: &mut Draft<'_>) {
    let Some(offered) = &draft.target.templates else { return };
    let mut findings = Vec::new();
    for (place, task) in draft.tasks.iter().enumerate() {
        // What Airflow does not render is plain text, whatever it looks like.
        let rendered = |entry: &&Entry| is_template_field(&task.operator, &entry.name) != Some(false);
        for entry in task.arguments.iter().filter(rendered) {
            let mut missing: Vec<String> = Vec::new();
            texts(&entry.value, &mut |text| {
                for name in names(text) {
                    let shown = shown(&name);
                    if !is_offered(offered, &name) && !missing.contains(&shown) {
                        missing.push(shown);
                    }
                }
            });
            if missing.is_empty() {
                continue;
            }
            let message =
                format!("{} does not offer {} to templates", draft.target.called(), listed(&missing));
            let warning =
                Diagnostic::warning(codes::UNSUPPORTED_TEMPLATE, Disposition::Note, entry.span, message)
                    .help(replacements(draft.dag.source_airflow, &missing).unwrap_or_else(|| {
                        format!("the variables offered are {}", listed(&offered.variables))
                    }));
            findings.push((place, entry.name.clone(), warning));
        }
    }
    for (place, name, finding) in findings {
        draft.report_on(Owner::Task(place), &name, finding);
    }
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What says the same with what the service offers, for a daily schedule.
///
/// Source: the data interval of a daily cron in Airflow 2.10.5, and its absence in 3.0.6.
fn replacements(airflow: SourceAirflow, missing: &[String]) -> Option<String> {
    let replacement = |name: &str| {
        let days = match (name, airflow) {
            ("next_ds" | "tomorrow_ds", SourceAirflow::V3) => 1,
            ("next_ds" | "tomorrow_ds", SourceAirflow::V2) => 0,
            ("prev_ds" | "yesterday_ds", SourceAirflow::V3) => -1,
            ("prev_ds" | "yesterday_ds", SourceAirflow::V2) => -2,
            _ => return None,
        };
        Some(if days == 0 { "{{ ds }}".to_owned() } else { format!("{{{{ macros.ds_add(ds, {days}) }}}}") })
    };
    let found: Vec<String> = missing
        .iter()
        .filter_map(|name| replacement(name).map(|new| format!("`{new}` for `{{{{ {name} }}}}`")))
        .collect();
    (!found.is_empty()).then(|| format!("for a daily schedule write {}", found.join(", ")))
}

fn shown(name: &Name) -> String {
    match &name.attribute {
        Some(attribute) if name.name == "macros" => format!("macros.{attribute}"),
        _ => name.name.clone(),
    }
}

fn is_offered(offered: &Templates, name: &Name) -> bool {
    match &name.attribute {
        Some(attribute) if name.name == "macros" => offered.macros.contains(attribute),
        _ => offered.variables.contains(&name.name),
    }
}

/// Calls `see` with every text in a value, keys included.
pub(crate) fn texts(value: &Datum, see: &mut dyn FnMut(&str)) {
    match value {
        Datum::Str(text) => see(text),
        Datum::List(items) | Datum::Tuple(items) | Datum::Set(items) | Datum::FrozenSet(items) => {
            for item in items {
                texts(item, see);
            }
        }
        Datum::Map(pairs) => {
            for (key, value) in pairs {
                texts(key, see);
                texts(value, see);
            }
        }
        Datum::Object(object) => {
            for item in object.args.iter().chain(object.kwargs.iter().map(|(_, value)| value)) {
                texts(item, see);
            }
        }
        Datum::Null
        | Datum::Bool(_)
        | Datum::Int(_)
        | Datum::Float(_)
        | Datum::Bytes(_)
        | Datum::DateTime(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Reference(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => {}
    }
}
