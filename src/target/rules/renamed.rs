//! Parameters that have another name in Airflow 3 are written under that name, and those that an old class gave its successor are
//! written out.

use crate::catalog::{self, ArgumentMove, Constructor, Successor};
use crate::dag::SourceAirflow;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::operators::{class_name, info};

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut arguments = std::mem::take(&mut draft.arguments);
    rename(draft, Owner::Dag, &mut arguments, |name| Constructor::Dag.argument_move(name));
    draft.arguments = arguments;
    let mut default_args = std::mem::take(&mut draft.default_args);
    rename(draft, Owner::Dag, &mut default_args, |name| Constructor::BaseOperator.argument_move(name));
    draft.default_args = default_args;
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        let operator = draft.tasks[place].operator.clone();
        let class = info(&operator);
        let moved = |name: &str| {
            if class.is_some_and(|class| class.takes(name)) {
                return None;
            }
            let own = catalog::argument_move(&task.operator.path, name);
            own.or_else(|| Constructor::BaseOperator.argument_move(name))
        };
        let mut arguments = std::mem::take(&mut draft.tasks[place].arguments);
        rename(draft, Owner::Task(place), &mut arguments, moved);
        draft.tasks[place].arguments = arguments;
        let mut expand = std::mem::take(&mut draft.tasks[place].expand);
        rename(draft, Owner::Task(place), &mut expand, moved);
        draft.tasks[place].expand = expand;
        // A class of today never had what `default_args` hold for it under an old name; one of Airflow 2 did.
        if draft.dag.source_airflow == SourceAirflow::V2 {
            let mut inherited = std::mem::take(&mut draft.tasks[place].inherited);
            rename(draft, Owner::Task(place), &mut inherited, moved);
            draft.tasks[place].inherited = inherited;
        }
        fill(draft, place);
    }
}

fn rename(
    draft: &mut Draft<'_>,
    owner: Owner,
    entries: &mut [Entry],
    moved: impl Fn(&str) -> Option<ArgumentMove>,
) {
    for place in 0..entries.len() {
        let Some(ArgumentMove { successor, .. }) = moved(&entries[place].name) else { continue };
        let span = entries[place].span;
        match successor {
            Successor::Same(name) => {
                let old = std::mem::replace(&mut entries[place].name, name.to_owned());
                if entries.iter().filter(|entry| entry.name == *name).count() > 1 {
                    let message = format!("`{old}` and `{name}` are set, and mean the same");
                    let error = Diagnostic::error(codes::CONFLICTING_PARAMETERS, span, message);
                    draft.report_on(owner, &old, error);
                    continue;
                }
                let message = format!("`{old}` is written as `{name}`");
                draft.changed(codes::RENAMED_PARAMETER, owner, &old, span, message);
            }
            Successor::Other(name) => {
                let old = std::mem::replace(&mut entries[place].name, name.to_owned());
                let message =
                    format!("`{name}` has taken the place of `{old}`, and takes its value in another form");
                let error = Diagnostic::error(codes::REMOVED_PARAMETER, span, message);
                draft.report_on(owner, &old, error.help(format!("set `{name}`")));
            }
            // What became of it is for the tables of the target, or for the check of the class, to say.
            Successor::Removed => {}
        }
    }
}

/// Writes what the class of an old path gave its successor where the caller gave nothing.
fn fill(draft: &mut Draft<'_>, place: usize) {
    let task = &draft.tasks[place];
    let span = task.task.span;
    for (name, literal) in catalog::filled(&task.task.operator.path) {
        let task = &draft.tasks[place];
        let mut set = task.arguments.iter().chain(&task.inherited).chain(&task.expand);
        if set.any(|entry| entry.name == name) {
            continue;
        }
        let Some(value) = literal_value(literal) else { continue };
        let class = class_name(&task.task.operator.path);
        let message = format!("`{name}` is written as `{literal}`, which `{class}` had");
        draft.changed(codes::IMPLIED_DEFAULT, Owner::Task(place), name, span, message);
        draft.tasks[place].arguments.push(Entry { name: name.to_owned(), value, span, raw: false });
    }
}

/// The value of a plain Python literal of the catalogue.
fn literal_value(literal: &str) -> Option<Datum> {
    match literal {
        "None" => Some(Datum::Null),
        "True" => Some(Datum::Bool(true)),
        "False" => Some(Datum::Bool(false)),
        _ => match literal.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) if !text.contains('\\') => Some(Datum::str(text)),
            Some(_) => None,
            None => literal.parse::<i64>().ok().map(Datum::int),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::literal_value;
    use crate::catalog;
    use crate::datum::Datum;
    use crate::target::testing::{arg, dag, rendered, said, shown, task};

    #[test]
    fn old_names_are_written_as_todays() {
        let dag = dag("d")
            .of_2()
            .with("schedule_interval", Datum::Null)
            .with("concurrency", Datum::int(3))
            .with_task(task(
                "a",
                "airflow.operators.bash_operator.BashOperator",
                vec![arg("bash_command", Datum::str("true")), arg("task_concurrency", Datum::int(2))],
            ));
        let rendering = rendered("dag-factory", &dag);
        assert_eq!(
            shown(&rendering),
            "{d: {schedule: null, max_active_tasks: 3, catchup: true, \
             tasks: {a: {operator: airflow.providers.standard.operators.bash.BashOperator, bash_command: true, \
             max_active_tis_per_dag: 2}}}}"
        );
        let lines = said(&rendering);
        for start in [
            "Note moved-name [a.operator]",
            "Note renamed-parameter [schedule_interval]",
            "Note renamed-parameter [concurrency]",
            "Note renamed-parameter [a.task_concurrency]",
        ] {
            assert!(lines.iter().any(|line| line.starts_with(start)), "{start}: {lines:?}");
        }
    }

    #[test]
    fn an_old_and_a_new_name_together_are_refused() {
        let dag = dag("d").with("schedule_interval", Datum::Null).with("schedule", Datum::Null);
        assert!(rendered("dag-factory", &dag).definition.is_none());
    }

    #[test]
    fn every_literal_of_the_catalogue_is_read() {
        for operator in ["airflow.operators.postgres_operator.PostgresOperator"] {
            for (name, literal) in catalog::filled(operator) {
                assert!(literal_value(literal).is_some(), "{operator} {name} {literal}");
            }
        }
    }
}
