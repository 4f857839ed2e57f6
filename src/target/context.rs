//! What Jinja and Airflow give templates (`profiles/context.toml`), and what says the same with the names that a service offers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::embedded;
use super::template::Read;
use crate::dag::SourceAirflow;

static CONTEXT: LazyLock<Context> = LazyLock::new(|| embedded::CONTEXT.read());

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    /// Filters of Jinja2 and of Airflow.
    pub(crate) filters: Vec<String>,
    /// Tests of Jinja2.
    pub(crate) tests: Vec<String>,
    /// Names that follow the data interval.
    pub(crate) interval: Vec<String>,
    replacements: BTreeMap<String, Replacement>,
    earlier: BTreeMap<String, String>,
    advice: BTreeMap<String, String>,
    gone: BTreeMap<String, String>,
}

/// Expressions that say the same as a name that is not offered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    v2: String,
    v3: String,
    #[serde(default)]
    daily: bool,
}

/// The table.
pub(crate) fn context() -> &'static Context {
    &CONTEXT
}

impl Context {
    /// What to do about a name that is not offered, for a file of that Airflow.
    pub(crate) fn help(&self, read: &Read, airflow: SourceAirflow) -> Option<String> {
        let (shown, name) = (read.shown(), &read.name);
        if let Some(row) = self.replacements.get(&shown).or_else(|| self.replacements.get(name)) {
            let (new, daily) = match airflow {
                SourceAirflow::V2 => (&row.v2, row.daily),
                // The names of Airflow 3 that depend on the period are those that have another day.
                SourceAirflow::V3 => {
                    (&row.v3, row.daily && (row.v3.contains("days=") || row.v3.contains("ds_add")))
                }
            };
            return Some(instead(new, &shown, daily));
        }
        self.advice.get(&shown).or_else(|| self.advice.get(name)).cloned()
    }

    /// What to do about a name that Airflow 2 gave templates and Airflow 3 does not; `None` where it does.
    pub(crate) fn gone(&self, read: &Read) -> Option<String> {
        let (shown, name) = (read.shown(), &read.name);
        let (old, new) = self.gone.get_key_value(&shown).or_else(|| self.gone.get_key_value(name))?;
        if new.is_empty() {
            return Some("read it in the DAG file, and pass what is needed as `params`".to_owned());
        }
        Some(instead(new, old, old.starts_with("prev_") && !new.starts_with("prev_")))
    }

    /// How a template says what a name was one interval earlier.
    pub(crate) fn earlier(&self, name: &str) -> Option<String> {
        self.earlier.get(name).map(|new| instead(new, name, true))
    }
}

fn instead(new: &str, old: &str, daily: bool) -> String {
    let when = if daily { "for a daily schedule, " } else { "" };
    format!("{when}write `{new}` for `{old}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Target;
    use crate::target::template::Template;

    #[test]
    fn what_airflow_3_has_in_place_of_a_name_is_nothing_that_is_gone() {
        let table = context();
        for expression in table.gone.values().filter(|expression| !expression.is_empty()) {
            let template = Template::parse(&format!("{{{{ {expression} }}}}")).unwrap();
            assert!(template.reads.iter().all(|read| table.gone(read).is_none()), "{expression}");
            assert!(
                template.filters.iter().all(|filter| table.filters.contains(&filter.name)),
                "{expression}"
            );
        }
    }

    #[test]
    fn what_is_written_instead_is_a_template_of_names_that_every_service_offers() {
        let table = context();
        let rows = table.replacements.values().flat_map(|row| [&row.v2, &row.v3]);
        for expression in rows.chain(table.earlier.values()) {
            let template = Template::parse(&format!("{{{{ {expression} }}}}")).unwrap();
            for offered in Target::all().filter_map(|target| target.templates.as_ref()) {
                for read in &template.reads {
                    assert!(offered.variables.contains(&read.name), "{expression}");
                    let is_macro = read.name == "macros";
                    assert!(!is_macro || offered.macros.contains(&read.path[0]), "{expression}");
                }
            }
            assert!(template.filters.iter().all(|filter| table.filters.contains(&filter.name)));
        }
    }
}
