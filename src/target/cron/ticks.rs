//! Whether a cron expression has a time in a span of time: for plain expressions of five fields.

use jiff::{ToSpan as _, civil};

use super::{FIELDS, check, preset};

/// The most days that are looked at: the longest time between two ticks is that of the 29th of February around 1900 and 2100.
const DAYS: usize = 8 * 366 + 1;

/// Whether the expression or preset has a time from `from` on and before `until`; `None` where it is none of five plain fields.
///
/// Days are `or`ed where both kinds are restricted, as `croniter` of 7.0.0 has it.
pub(crate) fn ticks(text: &str, from: civil::DateTime, until: civil::DateTime) -> Option<bool> {
    let cron = check(text).ok()?;
    if cron.fields != 5 || cron.random || cron.special {
        return None;
    }
    let text = preset(text).map_or_else(|| text.to_lowercase(), str::to_owned);
    let fields: Vec<&str> = text.split_ascii_whitespace().collect();
    let values: Vec<Option<Vec<u64>>> =
        FIELDS.iter().zip(&fields).map(|(field, text)| members(field, text)).collect::<Option<_>>()?;
    let [minutes, hours, days, months, weekdays] = values.as_slice() else { return None };
    let has = |values: &Option<Vec<u64>>, value: i8| {
        values.as_ref().is_none_or(|values| u64::try_from(value).is_ok_and(|value| values.contains(&value)))
    };
    let on = |date: civil::Date| {
        let day = has(days, date.day());
        let weekday = has(weekdays, date.weekday().to_sunday_zero_offset());
        let fits = if days.is_some() && weekdays.is_some() { day || weekday } else { day && weekday };
        has(months, date.month()) && fits
    };
    let mut date = from.date();
    for _ in 0..DAYS {
        if date > until.date() {
            return Some(false);
        }
        if on(date) {
            let mut times = (0..24).flat_map(|hour| (0..60).map(move |minute| (hour, minute)));
            let found = times.any(|(hour, minute)| {
                let at = date.at(hour, minute, 0, 0);
                has(hours, hour) && has(minutes, minute) && at >= from && at < until
            });
            if found {
                return Some(true);
            }
        }
        date = date.checked_add(1.day()).ok()?;
    }
    Some(false)
}

/// The values of a field; `None` within for any value.
#[expect(clippy::option_option, reason = "the outer one is for a field that is not plain")]
fn members(field: &super::Field, text: &str) -> Option<Option<Vec<u64>>> {
    let mut all = Vec::new();
    for item in text.split(',') {
        if item == "*" || item == "?" {
            return Some(None);
        }
        // Which values a step leaves behind the turn of a range is not worked out.
        let range = item.split('/').next().unwrap_or_default();
        if let Some((low, high)) = range.split_once('-')
            && item.contains('/')
            && field.number(low)? > field.number(high)?
        {
            return None;
        }
        all.extend(field.values(item)?);
    }
    Some(Some(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_a_tick_or_none() {
        let ticks =
            |text: &str, from: &str, until: &str| ticks(text, from.parse().unwrap(), until.parse().unwrap());
        assert_eq!(ticks("@daily", "2026-01-14T12:00:00", "2026-01-15T00:00:00"), Some(false));
        assert_eq!(ticks("@daily", "2026-01-14T12:00:00", "2026-01-15T00:00:01"), Some(true));
        assert_eq!(ticks("0 6 1 * *", "2026-01-02T00:00:00", "2026-01-31T00:00:00"), Some(false));
        assert_eq!(ticks("0 6 1 * MON", "2026-01-02T00:00:00", "2026-01-31T00:00:00"), Some(true));
        assert_eq!(ticks("*/15 9-17 * * mon-fri", "2026-01-16T17:46:00", "2026-01-19T09:00:00"), Some(false));
        assert_eq!(ticks("0 0 29 2 *", "2024-03-01T00:00:00", "2028-02-29T00:00:00"), Some(false));
        assert_eq!(ticks("0 0 29 2 *", "2024-03-01T00:00:00", "2028-03-01T00:00:00"), Some(true));
        assert_eq!(ticks("0 0 L * *", "2024-03-01T00:00:00", "2028-03-01T00:00:00"), None);
        assert_eq!(ticks("0 22-2/2 * * *", "2024-03-01T00:00:00", "2028-03-01T00:00:00"), None);
    }
}
