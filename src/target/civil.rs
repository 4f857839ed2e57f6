//! Dates and zones of a DAG: instants, wall times, and the text that the loader parses.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};

use crate::datum::{DateTime, Datum, Zone};

/// The zone of a datetime; a naive one is in UTC, Airflow's default zone. `None` for a zone that does not exist.
pub(crate) fn time_zone(zone: Option<&Zone>) -> Option<TimeZone> {
    match zone {
        None | Some(Zone::Utc) => Some(TimeZone::UTC),
        Some(Zone::Fixed(seconds)) => Offset::from_seconds(*seconds).ok().map(TimeZone::fixed),
        Some(Zone::Named(name)) => TimeZone::get(name).ok(),
    }
}

/// The instant of a datetime.
pub(crate) fn instant(value: &DateTime) -> Option<Timestamp> {
    let zone = time_zone(value.zone.as_ref())?;
    zone.to_ambiguous_timestamp(value.civil).compatible().ok()
}

/// The wall time of a datetime in another zone.
pub(crate) fn wall_time(value: &DateTime, zone: Option<&Zone>) -> Option<civil::DateTime> {
    if zone_or_utc(value.zone.as_ref()) == zone_or_utc(zone) {
        return Some(value.civil);
    }
    Some(time_zone(zone)?.to_datetime(instant(value)?))
}

fn zone_or_utc(zone: Option<&Zone>) -> &Zone {
    zone.unwrap_or(&Zone::Utc)
}

/// A wall time as the loader parses it: the date alone where it is midnight.
pub(crate) fn text(civil: civil::DateTime) -> String {
    if civil.time() == civil::Time::midnight() {
        return civil.date().to_string();
    }
    civil.to_string()
}

/// The value of the `timezone` key; `None` for UTC, which needs none.
pub(crate) fn key(zone: Option<&Zone>) -> Option<Datum> {
    match zone {
        None | Some(Zone::Utc | Zone::Fixed(0)) => None,
        Some(Zone::Fixed(seconds)) => Some(Datum::int(*seconds)),
        Some(Zone::Named(name)) if name == "UTC" => None,
        Some(Zone::Named(name)) => Some(Datum::str(name)),
    }
}

/// A date that an author wrote as text, as `airflow.utils.timezone.parse` reads it; `None` for a form that is not known here.
///
/// Without an offset of its own it is in `zone`.
pub(crate) fn parse(text: &str, zone: Option<&Zone>) -> Option<DateTime> {
    // jiff's own civil types skip an offset that follows, so the pieces are taken one by one.
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or_else(civil::Time::midnight));
    let zone = match pieces.to_numeric_offset() {
        None if pieces.offset().is_some() => Some(Zone::Utc),
        None => zone.cloned(),
        Some(Offset::UTC) => Some(Zone::Utc),
        Some(offset) => Some(Zone::Fixed(offset.seconds())),
    };
    pieces.time_zone_annotation().is_none().then_some(DateTime { civil, zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: Option<Zone>) -> DateTime {
        DateTime { civil: text.parse().unwrap(), zone }
    }

    #[test]
    fn wall_times_are_those_of_the_zone() {
        let amsterdam = Zone::Named("Europe/Amsterdam".into());
        let value = at("2024-07-01T00:00:00", None);
        assert_eq!(text(wall_time(&value, Some(&amsterdam)).unwrap()), "2024-07-01T02:00:00");
        let value = at("2024-07-01T00:00:00", Some(amsterdam));
        assert_eq!(text(wall_time(&value, None).unwrap()), "2024-06-30T22:00:00");
        assert_eq!(text(value.civil), "2024-07-01");
        assert_eq!(text(at("2024-07-01T01:02:03.000004", None).civil), "2024-07-01T01:02:03.000004");
    }

    #[test]
    fn dates_written_as_text_are_read() {
        assert_eq!(parse("2024-07-01", None), Some(at("2024-07-01T00:00:00", None)));
        assert_eq!(parse("2024-07-01 10:30", None), Some(at("2024-07-01T10:30:00", None)));
        assert_eq!(parse("2024-07-01T10:30:00Z", None), Some(at("2024-07-01T10:30:00", Some(Zone::Utc))));
        assert_eq!(
            parse("2024-07-01T10:30:00+02:00", None),
            Some(at("2024-07-01T10:30:00", Some(Zone::Fixed(7200))))
        );
        assert_eq!(parse("yesterday", None), None);
    }
}
