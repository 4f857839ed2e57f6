//! Dates, times and deltas as the arguments that make them in Python.

use jiff::civil;
use jiff::tz::TimeZone;
use num_bigint::BigInt;

use super::error::Reason;
use crate::datum::{DateTime, Datum, TimeDelta, TypedObject, Zone};

/// A wall time as the shortest text that `pendulum.parse` reads back as the same: `2024-01-01`, `2024-01-01T06:30:00`.
///
/// For scalars that dag-factory parses itself, as `start_date` of a DAG; it takes the zone from `timezone` beside it.
pub fn wall_time(civil: civil::DateTime) -> String {
    if civil.time() == civil::Time::midnight() { civil.date().to_string() } else { civil.to_string() }
}

type Keywords = Vec<(String, Datum)>;

fn keyword(name: &str, value: impl Into<BigInt>) -> (String, Datum) {
    (name.to_owned(), Datum::int(value))
}

fn object(path: &str, kwargs: Keywords) -> TypedObject {
    TypedObject { path: path.to_owned(), args: Vec::new(), kwargs }
}

/// `datetime.date(year=…, month=…, day=…)`.
pub(super) fn date(date: civil::Date) -> Result<TypedObject, Reason> {
    Ok(object("datetime.date", day(date, "date")?))
}

/// `datetime.time(hour=…, …)`.
pub(super) fn time(time: civil::Time) -> Result<TypedObject, Reason> {
    let mut kwargs = clock(time, "time")?;
    if kwargs.is_empty() {
        kwargs.push(keyword("hour", 0));
    }
    Ok(object("datetime.time", kwargs))
}

/// `datetime.datetime(…)` without zone or with a fixed offset, `pendulum.datetime(…, tz=…)` in UTC or a named zone.
///
/// A `pendulum.DateTime` is a `datetime.datetime`, so that it serves where either was meant; pendulum comes with Airflow.
pub(super) fn datetime(DateTime { civil, zone }: &DateTime) -> Result<TypedObject, Reason> {
    let mut kwargs = day(civil.date(), "datetime")?;
    kwargs.extend(clock(civil.time(), "datetime")?);
    let (path, zone) = match zone {
        None => ("datetime.datetime", None),
        Some(Zone::Utc) => ("pendulum.datetime", Some(("tz", Datum::str("UTC")))),
        Some(Zone::Fixed(seconds)) => ("datetime.datetime", Some(("tzinfo", offset(*seconds)?))),
        Some(Zone::Named(name)) => {
            unambiguous(*civil, name)?;
            ("pendulum.datetime", Some(("tz", Datum::str(name))))
        }
    };
    kwargs.extend(zone.map(|(name, zone)| (name.to_owned(), zone)));
    Ok(object(path, kwargs))
}

fn offset(seconds: i32) -> Result<Datum, Reason> {
    if !(-86_399..=86_399).contains(&seconds) {
        return Err(Reason::OutOfRange(format!("{seconds} s east of UTC"), "timezone"));
    }
    let delta = delta_of_microseconds(i128::from(seconds) * 1_000_000)
        .ok_or_else(|| Reason::OutOfRange(format!("{seconds} s"), "timedelta"))?;
    Ok(Datum::Object(Box::new(object(
        "datetime.timezone",
        vec![("offset".to_owned(), Datum::TimeDelta(delta))],
    ))))
}

/// Fails where a wall time has no instant or two: a datum does not say which side of the change is meant.
fn unambiguous(civil: civil::DateTime, name: &str) -> Result<(), Reason> {
    let zone = TimeZone::get(name).ok().filter(|zone| zone.iana_name() == Some(name));
    let zone = zone.ok_or_else(|| Reason::NoTimeZone(name.to_owned()))?;
    if zone.to_ambiguous_timestamp(civil).is_ambiguous() {
        return Err(Reason::ClockChange(name.to_owned()));
    }
    Ok(())
}

fn day(date: civil::Date, class: &'static str) -> Result<Keywords, Reason> {
    if date.year() < 1 {
        return Err(Reason::OutOfRange(date.to_string(), class));
    }
    Ok(vec![keyword("year", date.year()), keyword("month", date.month()), keyword("day", date.day())])
}

/// The parts of a time of day that are not zero, which is Python's default for each.
fn clock(time: civil::Time, class: &'static str) -> Result<Keywords, Reason> {
    let nanoseconds = time.subsec_nanosecond();
    if nanoseconds % 1000 != 0 {
        return Err(Reason::OutOfRange(time.to_string(), class));
    }
    let parts = [
        ("hour", i32::from(time.hour())),
        ("minute", i32::from(time.minute())),
        ("second", i32::from(time.second())),
        ("microsecond", nanoseconds / 1000),
    ];
    Ok(parts.into_iter().filter(|&(_, part)| part != 0).map(|(name, part)| keyword(name, part)).collect())
}

/// `datetime.timedelta(…)` in the largest unit that says it whole; below a second, in seconds and microseconds.
pub(super) fn timedelta(delta: TimeDelta) -> Result<TypedObject, Reason> {
    let total = microseconds_of(delta);
    if delta_of_microseconds(total) != Some(delta) {
        return Err(Reason::OutOfRange(format!("{} days and more", delta.days), "timedelta"));
    }
    let units = [("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1)];
    let whole = units.into_iter().find(|(_, seconds)| total % (seconds * 1_000_000) == 0);
    let kwargs = match whole {
        _ if total == 0 => vec![keyword("seconds", 0)],
        Some((unit, seconds)) => vec![keyword(unit, total / (seconds * 1_000_000))],
        None => [("seconds", total / 1_000_000), ("microseconds", total % 1_000_000)]
            .into_iter()
            .filter(|&(_, part)| part != 0)
            .map(|(unit, part)| keyword(unit, part))
            .collect(),
    };
    Ok(object("datetime.timedelta", kwargs))
}

fn microseconds_of(delta: TimeDelta) -> i128 {
    (i128::from(delta.days) * 86_400 + i128::from(delta.seconds)) * 1_000_000 + i128::from(delta.microseconds)
}

/// The delta of so many microseconds, normalised; `None` beyond Python's 999 999 999 days.
pub(super) fn delta_of_microseconds(total: i128) -> Option<TimeDelta> {
    const DAY: i128 = 86_400_000_000;
    let rest = total.rem_euclid(DAY);
    let days = i64::try_from(total.div_euclid(DAY)).ok().filter(|days| days.abs() <= 999_999_999)?;
    Some(TimeDelta {
        days,
        seconds: u32::try_from(rest / 1_000_000).ok()?,
        microseconds: u32::try_from(rest % 1_000_000).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{datetime, timedelta, wall_time};
    use crate::datum::{DateTime, TimeDelta, Zone};
    use crate::yaml::Reason;

    #[test]
    fn deltas_are_written_in_the_tersest_exact_unit() {
        let rows = [
            ((0, 0, 0), "seconds 0"),
            ((2, 0, 0), "days 2"),
            ((1, 43_200, 0), "hours 36"),
            ((0, 300, 0), "minutes 5"),
            ((0, 90, 0), "seconds 90"),
            ((-1, 86_399, 0), "seconds -1"),
            ((-1, 86_100, 0), "minutes -5"),
            ((0, 1, 500_000), "seconds 1 microseconds 500000"),
            ((-1, 86_399, 500_000), "microseconds -500000"),
            ((-1, 86_398, 500_000), "seconds -1 microseconds -500000"),
            ((999_999_999, 86_399, 999_999), "seconds 86399999999999 microseconds 999999"),
        ];
        for ((days, seconds, microseconds), text) in rows {
            let object = timedelta(TimeDelta { days, seconds, microseconds }).unwrap();
            let parts: Vec<String> = object
                .kwargs
                .iter()
                .map(|(unit, part)| format!("{unit} {}", crate::yaml::hash::HashKey::name(part)))
                .collect();
            assert_eq!(parts.join(" "), text);
        }
        for (days, seconds, microseconds) in [(1_000_000_000, 0, 0), (0, 86_400, 0), (0, 0, 1_000_000)] {
            let out = TimeDelta { days, seconds, microseconds };
            assert!(matches!(timedelta(out), Err(Reason::OutOfRange(..))), "{out:?}");
        }
    }

    #[test]
    fn a_wall_time_at_a_change_of_clocks_is_refused() {
        let at = |text: &str, zone: &str| {
            datetime(&DateTime { civil: text.parse().unwrap(), zone: Some(Zone::Named(zone.to_owned())) })
        };
        assert!(at("2024-06-01T02:30", "Europe/Berlin").is_ok());
        for text in ["2024-03-31T02:30", "2024-10-27T02:30"] {
            assert_eq!(at(text, "Europe/Berlin"), Err(Reason::ClockChange("Europe/Berlin".to_owned())));
        }
        for zone in ["Europe/Nowhere", "europe/berlin", "", "+02:00"] {
            assert_eq!(at("2024-06-01", zone), Err(Reason::NoTimeZone(zone.to_owned())));
        }
    }

    #[test]
    fn wall_times_are_short() {
        assert_eq!(wall_time("2024-01-01T00:00".parse().unwrap()), "2024-01-01");
        assert_eq!(wall_time("2024-01-01T06:30".parse().unwrap()), "2024-01-01T06:30:00");
    }
}
