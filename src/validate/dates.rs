//! Dates as the loader reads them: the wall time that is written, in the zone that `timezone` names.

use super::place::Report;
use crate::datum::{DateTime, Datum, Zone};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Span;
use crate::target::parse_date;

/// The zone of a block.
pub(super) struct Zones(Option<Zone>);

impl Zones {
    /// The zone that the key `timezone` names: an IANA name, or seconds east of UTC.
    pub(super) fn of(timezone: Option<Datum>) -> Self {
        Self(match timezone {
            Some(Datum::Str(name)) if name == "UTC" => Some(Zone::Utc),
            Some(Datum::Str(name)) => Some(Zone::Named(name)),
            Some(Datum::Int(seconds)) => i32::try_from(seconds).ok().map(Zone::Fixed),
            _ => None,
        })
    }
}

/// A date of a DAG or of `default_args`, whose own offset the loader drops.
///
/// Source: `get_datetime` of dag-factory 1.0.1.
pub(super) fn of_dag(name: &str, value: Datum, zones: &Zones, span: Span, report: &mut Report) -> Datum {
    let Zones(zone) = zones;
    let read = match &value {
        Datum::Null | Datum::Unknown(_) => return value,
        Datum::Date(date) => DateTime { civil: date.to_datetime(jiff::civil::Time::midnight()), zone: None },
        Datum::DateTime(date) => date.clone(),
        Datum::Str(text) => match parse_date(text) {
            Some(date) => date,
            None if is_relative(text) => return value,
            None => return invalid(name, span, value, report),
        },
        _ => return invalid(name, span, value, report),
    };
    if let Some(own) = read.zone.as_ref().filter(|own| Some(*own) != zone.as_ref() && **own != Zone::Utc) {
        let own = match own {
            Zone::Utc => "UTC".to_owned(),
            Zone::Fixed(seconds) => format!("{seconds} s"),
            Zone::Named(name) => name.clone(),
        };
        let message = format!("the loader drops the zone of this date ({own}) and keeps its wall time");
        let warning = Diagnostic::warning(codes::INVALID_VALUE, Disposition::Changed, span, message);
        report.add(
            warning
                .parameter(name)
                .help("write the wall time without a zone, and name the zone in `timezone`"),
        );
    }
    Datum::DateTime(DateTime { civil: read.civil, zone: zone.clone() })
}

/// `5 days`, `3 hours`: so long before the last midnight.
fn is_relative(text: &str) -> bool {
    let Some((number, unit)) = text.split_once(' ') else { return false };
    let units = ["minute", "minutes", "hour", "hours", "second", "seconds", "day", "days"];
    number.parse::<u32>().is_ok() && units.contains(&unit.trim())
}

fn invalid(name: &str, span: Span, value: Datum, report: &mut Report) -> Datum {
    let finding =
        report.error(codes::INVALID_VALUE, span, format!("`{name}` is no date that the loader reads"));
    finding.parameter = Some(name.to_owned());
    finding.help = Some("write it as `'2030-01-31'` or `'2030-01-31T06:30:00'`".to_owned());
    drop(value);
    Datum::Null
}
