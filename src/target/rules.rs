//! What is more than a table: a file for each rule, whose text is what `explain` shows, and a row here.
//!
//! The rules run in the order of the rows, each on what the ones before it left.

use super::draft::Draft;

mod arguments;
mod callables;
mod dag_params;
mod dates;
mod default_args;
mod graph;
mod groups;
mod ids;
mod imported;
mod limits;
mod mapping;
mod operators;
mod parameters;
mod params;
mod past_start;
mod read_later;
mod renamed;
mod schedule;
mod start_date;
mod taskflow;
mod template_files;
mod templates;
mod trigger_rule;
mod types;
mod values;
mod variables;
mod xcom_pull;

pub(crate) use templates::Parsed;
pub(crate) use values::{is_local, moved};
pub(crate) use variables::is_sensitive;

/// Runs the rule of the operators alone, for who asks about one class.
pub(crate) fn check_operators(draft: &mut Draft<'_>) {
    operators::run(draft);
}

/// A rule.
pub(crate) struct Rule {
    /// Its name: that of its file.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the test that holds the table against the folder")
    )]
    pub(crate) name: &'static str,
    /// Works on the draft.
    pub(crate) run: fn(&mut Draft<'_>),
}

macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        /// Every rule, in the order in which they run.
        pub(crate) const RULES: &[Rule] = &[$(Rule { name: stringify!($name), run: $name::run }),+];
    };
}

rules![
    ids,
    graph,
    operators,
    imported,
    taskflow,
    renamed,
    start_date,
    params,
    parameters,
    trigger_rule,
    arguments,
    mapping,
    default_args,
    dag_params,
    limits,
    schedule,
    past_start,
    dates,
    template_files,
    read_later,
    variables,
    templates,
    xcom_pull,
    values,
    callables,
    types,
    groups,
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_of_the_folder_has_its_row() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/target/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut rows: Vec<&str> = super::RULES.iter().map(|rule| rule.name).collect();
        rows.sort_unstable();
        assert_eq!(files, rows);
    }
}
