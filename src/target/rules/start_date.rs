//! start_date and end_date: from `default_args` to the DAG where Airflow has them from there, in order.

use crate::dag::SourceAirflow;
use crate::datum::{DateTime, Datum};
use crate::diagnostic::{Diagnostic, codes};
use crate::target::civil::{instant, parse, wall_time};
use crate::target::draft::{Draft, Entry, Owner};

const START: &str = "start_date";
const END: &str = "end_date";

pub(super) fn run(draft: &mut Draft<'_>) {
    read_text(draft);
    hoist(draft, START);
    earliest_task(draft);
    if draft.target.is_service() {
        hoist(draft, END);
        for name in [START, END] {
            leave_to_the_dag(draft, name);
        }
        order(draft);
    }
}

/// Turns dates that `default_args` and tasks hold as text into dates, as Airflow 2 does, and Airflow 3 in `default_args`.
fn read_text(draft: &mut Draft<'_>) {
    let tasks = draft.tasks.iter_mut().flat_map(|task| [&mut task.arguments, &mut task.inherited]);
    let lists = std::iter::once(&mut draft.default_args).chain(tasks);
    for entry in lists.flatten().filter(|entry| entry.name == START || entry.name == END) {
        if let Datum::Str(text) = &entry.value
            && let Some(date) = parse(text, None)
        {
            entry.value = Datum::DateTime(date);
        }
    }
    // What has no form of ISO 8601 is an error in Airflow, or read by dateutil, which guesses.
    let unread = draft.default_args.iter().filter(|entry| entry.name == START || entry.name == END);
    let unread: Vec<Entry> = unread.filter(|entry| matches!(entry.value, Datum::Str(_))).cloned().collect();
    for entry in unread {
        let message = format!("`{}` is written in a form that is not read here", entry.name);
        let error = Diagnostic::error(codes::INVALID_VALUE, entry.span, message)
            .help("write it as `'2030-01-31'` or `'2030-01-31T06:30:00'`");
        draft.report_on(Owner::Dag, &entry.name, error);
    }
}

/// Gives the DAG the date of its `default_args` where it has none of its own.
fn hoist(draft: &mut Draft<'_>, name: &str) {
    if draft.argument(name).is_some_and(|entry| entry.value != Datum::Null) {
        return;
    }
    let Some(entry) = draft.default_args.iter().find(|entry| entry.name == name).cloned() else { return };
    // The scheduler takes an end from the tasks only where all of them have one.
    let everywhere = draft
        .tasks
        .iter()
        .all(|task| task.inherited.iter().any(|other| other.name == name && other.value == entry.value));
    if name == END && !everywhere {
        return;
    }
    draft.arguments.retain(|other| other.name != name);
    // Of the two, Airflow itself takes the start from there.
    if name == END {
        let message = "the end of all tasks is written as the DAG's".to_owned();
        draft.changed(codes::IMPLIED_DEFAULT, Owner::Dag, name, entry.span, message);
    }
    draft.arguments.push(Entry { name: name.to_owned(), ..entry });
}

/// Gives a DAG of Airflow 2 that has no start date the earliest one of its tasks, from which Airflow 2 schedules it.
///
/// Source: `DAG._time_restriction` of Airflow 2.10.5. The zone of such a DAG is Airflow's default zone.
fn earliest_task(draft: &mut Draft<'_>) {
    if draft.dag.source_airflow != SourceAirflow::V2 || draft.argument(START).is_some() {
        return;
    }
    let dates = draft.tasks.iter().map(|task| {
        let entry = task.arguments.iter().find(|entry| entry.name == START)?;
        match &entry.value {
            Datum::DateTime(date) => Some((instant(date)?, date.clone(), entry.span)),
            _ => None,
        }
    });
    let Some(dates) = dates.collect::<Option<Vec<_>>>() else { return };
    let Some((_, date, span)) = dates.into_iter().min_by_key(|(instant, ..)| *instant) else { return };
    let Some(civil) = wall_time(&date, None) else { return };
    let message = "the earliest start of a task is written as the DAG's".to_owned();
    draft.changed(codes::IMPLIED_DEFAULT, Owner::Dag, START, span, message);
    let value = Datum::DateTime(DateTime { civil, zone: None });
    draft.arguments.push(Entry { name: START.to_owned(), value, span, raw: false });
}

/// Takes a date that the DAG has out of what the tasks have, where it is the same one.
fn leave_to_the_dag(draft: &mut Draft<'_>, name: &str) {
    let Some(value) = draft.argument(name).map(|entry| entry.value.clone()) else { return };
    let same = |entry: &Entry| entry.name == name && entry.value == value;
    draft.default_args.retain(|entry| !same(entry));
    for task in &mut draft.tasks {
        task.inherited.retain(|entry| !same(entry));
        task.arguments.retain(|entry| !same(entry));
    }
}

fn date<'d>(draft: &'d Draft<'_>, name: &str) -> Option<(&'d DateTime, &'d Entry)> {
    let entry = draft.argument(name)?;
    match &entry.value {
        Datum::DateTime(date) => Some((date, entry)),
        _ => None,
    }
}

fn order(draft: &mut Draft<'_>) {
    let (Some((start, _)), Some((end, entry))) = (date(draft, START), date(draft, END)) else { return };
    if instant(end) >= instant(start) {
        return;
    }
    let error = Diagnostic::error(codes::DATE_ORDER, entry.span, "`end_date` lies before `start_date`");
    draft.report_on(Owner::Dag, END, error);
}

#[cfg(test)]
mod tests {
    use crate::datum::Datum;
    use crate::target::testing::{EMR, arg, at, dag, rendered, said, shown, task};

    #[test]
    fn an_end_before_the_start_is_refused_by_the_service() {
        let dag = dag("d")
            .with("start_date", at("2027-01-02T00:00:00", None))
            .with("end_date", at("2027-01-01T00:00:00", None));
        assert!(rendered("mwaa-serverless", &dag).definition.is_none());
        assert!(rendered("dag-factory", &dag).definition.is_some());
    }

    #[test]
    fn a_date_in_another_form_is_refused() {
        for text in ["2025-01-01:04:00:00", "January 4 2025", "yesterday"] {
            let dag = dag("d").with_default("start_date", Datum::str(text));
            let rendering = rendered("dag-factory", &dag);
            assert!(rendering.definition.is_none(), "{text}");
            assert!(
                said(&rendering).iter().any(|said| said.contains("invalid-value")),
                "{:?}",
                said(&rendering)
            );
        }
        let dag = dag("d").with_default("start_date", Datum::str("2025-01-01T04:00"));
        assert!(rendered("dag-factory", &dag).definition.is_some());
    }

    #[test]
    fn airflow_2_starts_with_the_earliest_task() {
        let start = |text: &str| vec![arg("start_date", at(text, None))];
        let dag = dag("d")
            .of_2()
            .with("schedule", Datum::Null)
            .with("catchup", Datum::Bool(false))
            .with_task(task("a", EMR, start("2027-02-01T00:00:00")))
            .with_task(task("b", EMR, start("2027-01-01T00:00:00")));
        assert!(shown(&rendered("mwaa-serverless", &dag)).contains("start_date: 2027-01-01,"));
    }
}
