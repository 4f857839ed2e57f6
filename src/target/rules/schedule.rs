//! Schedules: the forms that the target takes, what others become, and what a schedule of Airflow 2 means today.

use crate::dag::SourceAirflow;
use crate::datum::{Datum, TimeDelta, TypedObject, Zone};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::civil::instant;
use crate::target::cron::{self, Problem};
use crate::target::draft::{Draft, Entry, Owner, take};
use crate::target::literal::whole_seconds;
use crate::target::rules::dates::zone;
use crate::target::rules::templates::shifted;

const SCHEDULE: &str = "schedule";

pub(super) fn run(draft: &mut Draft<'_>) {
    let set = draft
        .dag
        .arguments
        .iter()
        .any(|argument| [SCHEDULE, "schedule_interval", "timetable"].contains(&argument.name.as_str()));
    if !set && draft.dag.source_airflow == SourceAirflow::V2 {
        let value = Datum::TimeDelta(TimeDelta { days: 1, seconds: 0, microseconds: 0 });
        let span = draft.dag.span;
        let message = "the schedule is Airflow 2's default, a run every 24 hours".to_owned();
        draft.changed(codes::IMPLIED_DEFAULT, Owner::Dag, SCHEDULE, span, message);
        draft.arguments.push(Entry { name: SCHEDULE.to_owned(), value, span, raw: false });
    }
    let Some(place) = draft.arguments.iter().position(|entry| entry.name == SCHEDULE) else { return };
    let mut entry = draft.arguments[place].clone();
    if entry.value.first_unknown().is_some() {
        return;
    }
    let outcome = if draft.target.schedule.objects {
        for_loader(draft, &mut entry)
    } else {
        for_service(draft, &mut entry)
    };
    match outcome {
        Outcome::Written => draft.arguments[place] = entry,
        Outcome::Omitted => {
            take(&mut draft.arguments, SCHEDULE);
        }
        Outcome::Refused(finding) => draft.report_on(Owner::Dag, SCHEDULE, finding),
    }
}

enum Outcome {
    Written,
    Omitted,
    Refused(Diagnostic),
}

fn refused(entry: &Entry, message: impl Into<String>, help: impl Into<String>) -> Outcome {
    Outcome::Refused(Diagnostic::error(codes::UNSUPPORTED_SCHEDULE, entry.span, message).help(help))
}

fn invalid_cron(entry: &Entry, problem: &Problem) -> Outcome {
    let message = format!("the schedule is no cron expression: {problem}");
    Outcome::Refused(Diagnostic::error(codes::INVALID_CRON, entry.span, message))
}

/// dag-factory takes any schedule; one of Airflow 2 is written as the timetable that keeps its data intervals.
fn for_loader(draft: &mut Draft<'_>, entry: &mut Entry) -> Outcome {
    let of_2 = draft.dag.source_airflow == SourceAirflow::V2;
    let zone = zone(draft);
    let timetable = match &entry.value {
        Datum::Str(text) if ["@once", "@continuous"].contains(&text.as_str()) => return Outcome::Written,
        Datum::Str(text) => {
            if let Err(problem) = cron::check(text) {
                return invalid_cron(entry, &problem);
            }
            ("CronDataIntervalTimetable", vec![entry.value.clone(), zone_value(zone.as_ref())])
        }
        Datum::TimeDelta(_) => ("DeltaDataIntervalTimetable", vec![entry.value.clone()]),
        Datum::Object(object) if object.path.ends_with(".relativedelta") => {
            ("DeltaDataIntervalTimetable", vec![entry.value.clone()])
        }
        Datum::Null | Datum::Object(_) | Datum::List(_) | Datum::Map(_) => return Outcome::Written,
        // An asset expression or several assets in another collection.
        Datum::Tuple(items) | Datum::Set(items) | Datum::FrozenSet(items) => {
            entry.value = Datum::List(items.clone());
            return Outcome::Written;
        }
        _ => return refused(entry, "this is no schedule", "use a cron expression, a preset or a timedelta"),
    };
    if of_2 {
        let (class, args) = timetable;
        let path = format!("airflow.timetables.interval.{class}");
        entry.value = Datum::Object(Box::new(TypedObject { path, args, kwargs: Vec::new() }));
        let message =
            format!("the schedule is written as `{class}`, which keeps the data intervals of Airflow 2");
        draft.changed(codes::SCHEDULE_INTERVAL_SHIFT, Owner::Dag, SCHEDULE, entry.span, message);
    }
    Outcome::Written
}

/// A zone as a timetable takes it.
fn zone_value(zone: Option<&Zone>) -> Datum {
    match zone {
        None | Some(Zone::Utc) => Datum::str("UTC"),
        Some(Zone::Named(name)) => Datum::str(name),
        Some(Zone::Fixed(seconds)) => Datum::Object(Box::new(TypedObject {
            path: "pendulum.timezone".to_owned(),
            args: vec![Datum::int(*seconds)],
            kwargs: Vec::new(),
        })),
    }
}

fn for_service(draft: &mut Draft<'_>, entry: &mut Entry) -> Outcome {
    let rules = &draft.target.schedule;
    let service = draft.target.called();
    match entry.value.clone() {
        Datum::Null if rules.null => Outcome::Written,
        Datum::Null => Outcome::Omitted,
        Datum::Str(text) if text == "@once" && rules.once => Outcome::Written,
        Datum::Str(text) if text.starts_with('@') && rules.presets.contains(&text) => {
            shift(draft, entry);
            Outcome::Written
        }
        Datum::Str(text) if text.starts_with('@') => match cron::preset(&text) {
            Some(expression) => {
                let message = format!("the schedule `{text}` is written as `{expression}`");
                draft.changed(codes::SCHEDULE_CHANGED, Owner::Dag, SCHEDULE, entry.span, message);
                entry.value = Datum::str(expression);
                shift(draft, entry);
                Outcome::Written
            }
            None => refused(
                entry,
                format!("{service} has no schedule `{text}`"),
                "use a cron expression, or `schedule=None` and start the workflow yourself",
            ),
        },
        Datum::Str(text) => {
            let cron = match cron::check(&text) {
                Ok(cron) => cron,
                Err(problem) => return invalid_cron(entry, &problem),
            };
            if let Some(doubt) = cron.doubt() {
                let message = format!("{service}'s scheduler may not take a cron expression with {doubt}");
                let warning = Diagnostic::warning(codes::CRON_FORM, Disposition::Note, entry.span, message);
                draft.report_on(Owner::Dag, SCHEDULE, warning);
            }
            shift(draft, entry);
            Outcome::Written
        }
        Datum::TimeDelta(delta) => delta_for_service(draft, entry, delta),
        Datum::Object(object) => timetable_for_service(draft, entry, &object),
        _ => refused(
            entry,
            format!("{service} starts workflows by cron, not by assets or timetables"),
            "use a cron expression, or `schedule=None` and start the workflow yourself",
        ),
    }
}

/// A timetable whose whole meaning is its cron.
fn timetable_for_service(draft: &mut Draft<'_>, entry: &mut Entry, object: &TypedObject) -> Outcome {
    const HELP: &str = "use a cron expression, or `schedule=None` and start the workflow yourself";
    let service = draft.target.called();
    let class = object.path.rsplit('.').next().unwrap_or_default();
    let of_2 = draft.dag.source_airflow == SourceAirflow::V2;
    let plain = match class {
        // A cron string makes this one in Airflow 3, and the other one in Airflow 2.
        "CronTriggerTimetable" => !of_2,
        "CronDataIntervalTimetable" => true,
        _ => false,
    };
    let field = |name: &str, at: usize| {
        let named = object.kwargs.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        named.or_else(|| object.args.get(at))
    };
    let only =
        object.args.len() <= 2 && object.kwargs.iter().all(|(key, _)| key == "cron" || key == "timezone");
    let (Some(Datum::Str(cron)), true, true) = (field("cron", 0), plain, only) else {
        return refused(entry, format!("{service} starts workflows by cron, not by `{class}`"), HELP);
    };
    let same_zone = match field("timezone", 1) {
        Some(Datum::Str(name)) => *name == zone_name(draft),
        Some(Datum::Object(object)) => {
            matches!(object.args.as_slice(), [Datum::Str(name)] if *name == zone_name(draft))
        }
        _ => false,
    };
    if !same_zone {
        return refused(
            entry,
            "the timetable is in another zone than `start_date`",
            "give `start_date` the zone of the schedule",
        );
    }
    let message = format!("the schedule is written as `{cron}`");
    entry.value = Datum::str(cron);
    draft.changed(codes::SCHEDULE_CHANGED, Owner::Dag, SCHEDULE, entry.span, message);
    let outcome = for_service(draft, entry);
    if class == "CronDataIntervalTimetable" && !of_2 {
        shifted(draft, entry.span, "a data interval");
    }
    outcome
}

fn zone_name(draft: &Draft<'_>) -> String {
    match zone(draft) {
        None | Some(Zone::Utc) => "UTC".to_owned(),
        Some(Zone::Named(name)) => name,
        Some(Zone::Fixed(seconds)) => format!("{seconds}"),
    }
}

/// A delta becomes a cron where the two mean the same.
fn delta_for_service(draft: &mut Draft<'_>, entry: &mut Entry, delta: TimeDelta) -> Outcome {
    let service = draft.target.called();
    let zone = zone(draft);
    if draft.argument("start_date").is_some_and(|start| start.value.first_unknown().is_some()) {
        return Outcome::Written;
    }
    let Some(start) = draft.dag_date("start_date") else {
        return refused(
            entry,
            format!("{service} starts workflows by cron, not every so often from no date"),
            "use a cron expression",
        );
    };
    let of_2 = draft.dag.source_airflow == SourceAirflow::V2;
    let catchup = draft.dag.arguments.iter().find(|argument| argument.name == "catchup");
    let catchup = catchup.map_or(of_2, |argument| argument.value != Datum::Bool(false));
    let ahead = instant(&start).is_some_and(|start| start > draft.options.now);
    let from_start = whole_seconds(delta).and_then(|delta| cron::every(delta, start.civil));
    // The epoch began on a Thursday, at midnight UTC.
    let offset = match zone {
        Some(Zone::Fixed(seconds)) => i64::from(seconds),
        _ => 0,
    };
    let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    let epoch = epoch.checked_add(jiff::SignedDuration::from_secs(offset)).unwrap_or(epoch);
    let from_epoch = whole_seconds(delta).and_then(|delta| cron::every(delta, epoch));
    let (Some(from_start), Some(from_epoch)) = (from_start, from_epoch) else {
        return refused(
            entry,
            format!("{service} starts workflows by cron, and no cron has this period"),
            "use a period that divides an hour or a day, or a cron expression",
        );
    };
    let suggestion = if from_start == from_epoch {
        format!("write `{from_start}`")
    } else {
        format!("write `{from_start}` (from `start_date`) or `{from_epoch}` (from midnight)")
    };
    if matches!(zone, Some(Zone::Named(_))) {
        let message = "a period in a zone with summer time is no cron expression";
        return refused(entry, message, suggestion);
    }
    let cron = match (catchup || ahead, of_2) {
        (true, _) => from_start,
        (false, true) => from_epoch,
        (false, false) => {
            let message =
                "without catchup this period starts from when the workflow was made, which no cron says";
            return refused(entry, message, suggestion);
        }
    };
    let message = format!("the schedule is written as the cron expression `{cron}`");
    entry.value = Datum::Str(cron);
    draft.changed(codes::SCHEDULE_CHANGED, Owner::Dag, SCHEDULE, entry.span, message);
    shift(draft, entry);
    Outcome::Written
}

/// Names the tasks whose templates follow the data interval that the schedule had in Airflow 2.
fn shift(draft: &mut Draft<'_>, entry: &Entry) {
    if draft.dag.source_airflow == SourceAirflow::V2 {
        shifted(draft, entry.span, "Airflow 2");
    }
}

#[cfg(test)]
mod tests {
    use crate::dag::Dag;
    use crate::datum::{Datum, TimeDelta, TypedObject, Zone};
    use crate::target::testing::{at, dag, rendered, said, shown};

    fn days(days: i64) -> Datum {
        Datum::TimeDelta(TimeDelta { days, seconds: 0, microseconds: 0 })
    }

    /// A DAG that started at half past six on a Monday in 2025.
    fn started(schedule: Datum, zone: Option<Zone>) -> Dag {
        dag("d").with("schedule", schedule).with("start_date", at("2025-03-03T06:30:00", zone))
    }

    fn on_service(dag: &Dag) -> String {
        let text = shown(&rendered("mwaa-serverless", dag));
        let schedule = text.split("schedule: ").nth(1).and_then(|rest| rest.split(", ").next());
        schedule.map_or(text.clone(), str::to_owned)
    }

    #[test]
    fn a_period_is_a_cron_only_where_its_phase_is_known() {
        let caught_up = |schedule| started(schedule, None).with("catchup", Datum::Bool(true));
        assert_eq!(on_service(&caught_up(days(1))), "30 6 * * *");
        assert_eq!(on_service(&caught_up(days(7))), "30 6 * * 1");
        let of_2 = |schedule| started(schedule, None).of_2().with("catchup", Datum::Bool(false));
        assert_eq!(on_service(&of_2(days(1))), "0 0 * * *");
        assert_eq!(on_service(&of_2(days(7))), "0 0 * * 4");
        assert_eq!(on_service(&started(days(1), None)), "refused");
        assert_eq!(on_service(&caught_up(days(2))), "refused");
        let amsterdam = Some(Zone::Named("Europe/Amsterdam".into()));
        assert_eq!(on_service(&started(days(1), amsterdam).with("catchup", Datum::Bool(true))), "refused");
        let fixed = started(days(1), Some(Zone::Fixed(7200))).of_2().with("catchup", Datum::Bool(false));
        assert_eq!(on_service(&fixed), "0 2 * * *");
        let both = rendered("mwaa-serverless", &started(days(1), None));
        let help =
            both.diagnostics.iter().find(|record| record.is_error()).and_then(|record| record.help.clone());
        assert_eq!(
            help.as_deref(),
            Some("write `30 6 * * *` (from `start_date`) or `0 0 * * *` (from midnight)")
        );
    }

    #[test]
    fn a_timetable_is_a_cron_where_that_is_all_it_says() {
        let timetable = |class: &str, zone: &str, extra: Option<&str>| {
            let kwargs =
                std::iter::once("timezone").zip(std::iter::once(zone)).chain(extra.map(|name| (name, "x")));
            Datum::Object(Box::new(TypedObject {
                path: format!("airflow.timetables.{class}"),
                args: vec![Datum::str("0 1 * * *")],
                kwargs: kwargs.map(|(name, value)| (name.to_owned(), Datum::str(value))).collect(),
            }))
        };
        for (schedule, expected) in [
            (timetable("trigger.CronTriggerTimetable", "UTC", None), "0 1 * * *"),
            (timetable("trigger.CronTriggerTimetable", "Europe/Amsterdam", None), "refused"),
            (timetable("trigger.CronTriggerTimetable", "UTC", Some("interval")), "refused"),
            (timetable("events.EventsTimetable", "UTC", None), "refused"),
        ] {
            assert_eq!(on_service(&started(schedule.clone(), None)), expected, "{schedule:?}");
            assert!(rendered("dag-factory", &started(schedule, None)).definition.is_some());
        }
    }

    #[test]
    fn doubtful_crons_are_written_with_a_warning() {
        for doubtful in ["0 0 1 * 1", "0 0 * * * 30", "r 0 * * *", "0 0 L * *"] {
            let rendering = rendered("mwaa-serverless", &started(Datum::str(doubtful), None));
            assert!(shown(&rendering).contains(doubtful));
            assert!(
                said(&rendering).iter().any(|line| line.starts_with("Warning cron-form [schedule]")),
                "{doubtful}"
            );
        }
    }

    #[test]
    fn airflow_2_without_a_schedule_runs_daily() {
        let dag = dag("d").of_2().with("start_date", at("2027-03-03T06:30:00", None));
        assert_eq!(on_service(&dag), "30 6 * * *");
        let text = shown(&rendered("dag-factory", &dag));
        assert!(
            text.contains("schedule: airflow.timetables.interval.DeltaDataIntervalTimetable(1d0s)"),
            "{text}"
        );
    }
}
