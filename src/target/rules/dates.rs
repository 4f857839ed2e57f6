//! Dates as the loader reads them: naive wall time with the DAG's `timezone`, and UTC in `default_args`.

use crate::datum::{Datum, Zone};
use crate::diagnostic::{Diagnostic, codes};
use crate::target::civil::{key, text, time_zone, wall_time};
use crate::target::draft::{Draft, Owner};
use crate::target::loader::{Form, loader};

pub(super) fn run(draft: &mut Draft<'_>) {
    let zone = zone(draft);
    if time_zone(zone.as_ref()).is_none()
        && let Some(entry) = draft.argument("start_date")
    {
        let error =
            Diagnostic::error(codes::UNKNOWN_ZONE, entry.span, "the zone of this date does not exist");
        draft.report_on(Owner::Dag, "start_date", error);
        return;
    }
    let written = |entry: &crate::target::draft::Entry| {
        loader().dag_form(&entry.name) == Form::Date && entry.value != Datum::Null
    };
    if draft.arguments.iter().any(written) {
        draft.timezone = key(zone.as_ref());
    }
    let lists = [(&mut draft.arguments, zone.as_ref()), (&mut draft.default_args, None)];
    for (entries, zone) in lists {
        for entry in entries.iter_mut().filter(|entry| loader().dag_form(&entry.name) == Form::Date) {
            match &entry.value {
                Datum::DateTime(date) => {
                    if let Some(civil) = wall_time(date, zone) {
                        entry.value = Datum::str(text(civil));
                    }
                }
                Datum::Date(date) => entry.value = Datum::str(date.to_string()),
                _ => {}
            }
        }
    }
}

/// The zone of the DAG: that of its start date.
///
/// Source: `DAG._extract_tz` of Airflow 3.0.6.
pub(crate) fn zone(draft: &Draft<'_>) -> Option<Zone> {
    let start = draft.argument("start_date")?;
    match &start.value {
        Datum::DateTime(date) => date.zone.clone(),
        _ => None,
    }
}
