//! The start date against the present: a service asks for runs in the future.

use crate::datum::{DateTime, Datum};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::target::civil::{instant, time_zone};
use crate::target::cron::ticks;
use crate::target::draft::{Draft, Owner};
use crate::target::profile::PastWhen;

const START: &str = "start_date";

pub(super) fn run(draft: &mut Draft<'_>) {
    let Some(past) = &draft.target.schedule.start_date_past else { return };
    let Some(entry) = draft.argument(START).cloned() else { return };
    let Datum::DateTime(start) = &entry.value else { return };
    let now = draft.options.now;
    if instant(start).is_none_or(|start| start >= now) {
        return;
    }
    let is_fine = match past.when {
        PastWhen::Always => false,
        PastWhen::FirstRun => match draft.argument("schedule").map(|entry| &entry.value) {
            None | Some(Datum::Null) => true,
            Some(Datum::Str(cron)) => first_run_is_ahead(cron, start, now),
            Some(_) => false,
        },
    };
    if is_fine {
        return;
    }
    let message =
        format!("`start_date` lies in the past, and {} asks for one in the future", draft.target.called());
    let warning = Diagnostic::warning(codes::PAST_START_DATE, Disposition::Note, entry.span, message)
        .help("give the date from which the workflow is to run");
    draft.report_on(Owner::Dag, START, warning);
}

/// Whether a cron has no time between the start and the present.
fn first_run_is_ahead(cron: &str, start: &DateTime, now: jiff::Timestamp) -> bool {
    let Some(zone) = time_zone(start.zone.as_ref()) else { return false };
    ticks(cron, start.civil, zone.to_datetime(now)) == Some(false)
}

#[cfg(test)]
mod tests {
    use crate::datum::Datum;
    use crate::target::testing::{at, dag as fresh, rendered, said};

    #[test]
    fn a_start_in_the_past_is_worth_a_word_where_the_target_says_so() {
        let dag = fresh("d").with("start_date", at("2025-01-01T00:00:00", None));
        let scheduled = dag.clone().with("schedule", Datum::str("@daily"));
        let warned = |target: &str, dag: &crate::dag::Dag| {
            said(&rendered(target, dag)).iter().any(|line| line.contains("past-start-date"))
        };
        assert!(warned("mwaa-serverless@2025-11", &dag));
        assert!(!warned("mwaa-serverless@2026-08", &dag));
        assert!(warned("mwaa-serverless@2026-08", &scheduled));
        assert!(!warned("dag-factory", &scheduled));
        // A cron whose first time is still to come.
        let morning = |date: &str| {
            fresh("d").with("start_date", at(date, None)).with("schedule", Datum::str("30 6 * * *"))
        };
        assert!(!warned("mwaa-serverless@2026-08", &morning("2025-12-31T12:00:00")));
        assert!(warned("mwaa-serverless@2026-08", &morning("2025-12-31T06:30:00")));
        assert!(warned("mwaa-serverless@2025-11", &morning("2025-12-31T12:00:00")));
        // Airflow 2's own schedule counts.
        assert!(warned("mwaa-serverless@2026-08", &dag.of_2()));
    }
}
