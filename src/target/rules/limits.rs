//! Numbers and durations against the target's limits, and the defaults in which the target differs from Airflow.

use crate::dag::SourceAirflow;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::defaults::airflow;
use crate::target::draft::{Draft, Entry, Owner};
use crate::target::literal::{Literal, in_words};
use crate::target::profile::{Parameter, Verdict};

pub(super) fn run(draft: &mut Draft<'_>) {
    let target = draft.target;
    let mut findings = Vec::new();
    for entry in &draft.arguments {
        findings
            .extend(target.dag.get(&entry.name).and_then(|row| range(row, entry)).map(|it| (Owner::Dag, it)));
    }
    for entry in &draft.default_args {
        findings.extend(
            target.task.get(&entry.name).and_then(|row| range(row, entry)).map(|it| (Owner::Dag, it)),
        );
    }
    for (place, task) in draft.tasks.iter().enumerate() {
        for entry in &task.arguments {
            let row = target.task.get(&entry.name);
            findings.extend(row.and_then(|row| range(row, entry)).map(|it| (Owner::Task(place), it)));
        }
    }
    for (owner, (name, finding)) in findings {
        draft.report_on(owner, &name, finding);
    }
    for (name, row) in &target.task {
        if row.verdict == Verdict::Write {
            other_default(draft, name, row);
        }
    }
    time_limit(draft);
}

/// The record about a value outside the row's range.
fn range(row: &Parameter, entry: &Entry) -> Option<(String, Diagnostic)> {
    let value = seconds(&entry.value)?;
    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    let outside =
        row.min.is_some_and(|min| value < min as f64) || row.max.is_some_and(|max| value > max as f64);
    if !outside {
        return None;
    }
    let bounds = match (row.min, row.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    };
    let message = format!("`{}` is {}, and the limits are {bounds}", entry.name, in_words(&entry.value));
    let warning = Diagnostic::warning(codes::OUT_OF_RANGE, Disposition::Note, entry.span, message)
        .help("set a value within the limits; the service checks it when the task runs");
    Some((entry.name.clone(), warning))
}

/// A number, or the seconds of a duration.
fn seconds(value: &Datum) -> Option<f64> {
    match value {
        Datum::Int(number) => num_traits::ToPrimitive::to_f64(number),
        Datum::Float(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "a limit is compared, nothing is kept")]
        Datum::TimeDelta(delta) => Some(
            delta.days as f64 * 86_400.0 + f64::from(delta.seconds) + f64::from(delta.microseconds) / 1e6,
        ),
        _ => None,
    }
}

/// Writes Airflow's default in place of an explicit `None`, which means it in Airflow.
///
/// Source: `parse_retries` of Airflow 3.0.6, for the one parameter that this concerns.
fn none_is_default(draft: &mut Draft<'_>, name: &str, value: &Datum) {
    let tasks = draft.tasks.iter_mut().map(|task| &mut task.arguments);
    let lists = std::iter::once(&mut draft.default_args).chain(tasks);
    for entry in lists.flatten().filter(|entry| entry.name == name && entry.value == Datum::Null) {
        entry.value = value.clone();
    }
}

/// Writes Airflow's default where the target has another one and the author left it to Airflow.
fn other_default(draft: &mut Draft<'_>, name: &str, row: &Parameter) {
    let airflows = airflow().task.get(name).and_then(|row| row.default(SourceAirflow::V3));
    let (Some(airflows), Some(targets)) = (airflows, row.default.as_ref()) else { return };
    if airflows == targets || *airflows == Literal::Text("None".to_owned()) || draft.tasks.is_empty() {
        return;
    }
    none_is_default(draft, name, &airflows.datum());
    let set = |entries: &[Entry]| entries.iter().any(|entry| entry.name == name);
    if set(&draft.default_args) || draft.tasks.iter().all(|task| set(&task.arguments)) {
        return;
    }
    let value = airflows.datum();
    let message = format!(
        "`{name}` is written as {}, Airflow's default: {} has {}",
        in_words(&value),
        draft.target.called(),
        in_words(&targets.datum())
    );
    let span = draft.dag.span;
    draft.changed(codes::SERVICE_DEFAULT, Owner::Dag, name, span, message);
    draft.default_args.push(Entry { name: name.to_owned(), value, span, raw: false });
}

/// One note a DAG that the target ends every task after a while.
fn time_limit(draft: &mut Draft<'_>) {
    const TIMEOUT: &str = "execution_timeout";
    let Some(limit) = &draft.target.limits.task_seconds else { return };
    let has_own =
        |entries: &[Entry]| entries.iter().any(|entry| entry.name == TIMEOUT && entry.value != Datum::Null);
    let all = has_own(&draft.default_args) || draft.tasks.iter().all(|task| has_own(&task.arguments));
    if all || draft.tasks.is_empty() {
        return;
    }
    let message = format!("{} ends a task after {} minutes", draft.target.called(), limit.value / 60);
    draft.report(Diagnostic::note(codes::TASK_TIME_LIMIT, draft.dag.span, message).parameter(TIMEOUT));
}

#[cfg(test)]
mod tests {
    use crate::datum::{Datum, TimeDelta};
    use crate::target::testing::{EMR, arg, dag, rendered, said, task};

    #[test]
    fn what_is_out_of_range_is_written_with_a_warning() {
        let seconds = |seconds: u32| Datum::TimeDelta(TimeDelta { days: 0, seconds, microseconds: 0 });
        for (name, value, warned) in [
            ("retries", Datum::int(3), false),
            ("retries", Datum::int(4), true),
            ("retries", Datum::int(-1), true),
            ("retry_delay", seconds(300), false),
            ("retry_delay", seconds(301), true),
            ("retry_delay", Datum::int(301), true),
            ("execution_timeout", seconds(3600), false),
            ("execution_timeout", seconds(3601), true),
        ] {
            let on_task = dag("d").with_task(task("a", EMR, vec![arg(name, value.clone())]));
            let in_default_args =
                dag("d").with_default(name, value.clone()).with_task(task("a", EMR, vec![]));
            for dag in [on_task, in_default_args] {
                for target in ["mwaa-serverless@2025-11", "mwaa-serverless@2026-08"] {
                    let rendering = rendered(target, &dag);
                    assert!(rendering.definition.is_some());
                    let found = said(&rendering).iter().any(|line| line.starts_with("Warning out-of-range"));
                    assert_eq!(found, warned, "{target} {name} {value:?}");
                }
                assert!(
                    !said(&rendered("dag-factory", &dag)).iter().any(|line| line.contains("out-of-range"))
                );
            }
        }
    }
}
