//! `pendulum.parse` of ISO dates and times, and `from_format` of numbers.
//!
//! Left out: weeks, days of the year, times alone, intervals, durations, and what is not strict.

use std::sync::LazyLock;

use regex::Regex;

use super::create::create;
use super::zone::{safe, utc};
use super::{is_english, now_in};
use crate::datum::Zone;
use crate::eval::Vm;
use crate::modules::datetime::{Date, ZoneObject, date, time};
use crate::modules::support::{done, need_text, not_modelled, text};
use crate::value::{Args, Eval, Value};

static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?|(?<month2>\d{2})(?<day2>\d{2}))?",
        r"(?:(?<sep>[T ])(?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?",
        r"(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$",
    ))
    .ok()
});

/// `pendulum.parse(text, tz=UTC, exact=False)`.
pub(super) fn parse(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = need_text(&mut args, "text")?;
    let zone = args.named("tz").map_or(Ok(utc()), |zone| safe(vm, &zone))?;
    let exact = crate::modules::support::named_flag(vm, &mut args, "exact", false)?;
    drop(args.named("strict"));
    done(vm, args)?;
    if &*source == "now" {
        return now_in(vm, zone).map(Value::object);
    }
    let found = ISO.as_ref().and_then(|iso| iso.captures(&source));
    let Some(found) = found else {
        return not_modelled(vm, format!("parsing the date `{source}` is not modelled"));
    };
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |name: &str| part(name).map_or(Ok(0), str::parse::<i64>).unwrap_or_default();
    let compact = part("month2").is_some();
    let (hour, minute, second) = (part("hour"), part("minute"), part("second"));
    // Date and time are both compact or both extended; a time needs a whole date.
    let colons = source.contains(':');
    let whole_date = compact || part("day").is_some();
    let clear = hour.is_none() || whole_date && (minute.is_none() || colons != compact);
    let mixed = second.is_some() && colons && source.matches(':').count() < 2;
    if !clear || mixed || number("hour") > 23 {
        return not_modelled(vm, format!("parsing the date `{source}` is not modelled"));
    }
    let (month, day) = if compact {
        (number("month2"), number("day2"))
    } else {
        (part("month").map_or(1, |_| number("month")), part("day").map_or(1, |_| number("day")))
    };
    let valid = date::checked(number("year"), month, day);
    let fraction =
        part("fraction").map_or_else(|| "0".to_owned(), |digits| format!("{digits:0<6}")[..6].to_owned());
    let clock =
        time::checked(number("hour"), number("minute"), number("second"), fraction.parse().unwrap_or(0));
    let (Ok(valid), Ok(clock)) = (valid, clock) else {
        return not_modelled(vm, format!("parsing the date `{source}` is not modelled"));
    };
    if exact && hour.is_none() {
        return Ok(Value::object(Date { day: valid, class: &super::date::DATE }));
    }
    let zone = match part("zone") {
        None => zone,
        Some("Z") => utc(),
        Some(offset) => fixed(offset),
    };
    create(valid.to_datetime(clock), Some(zone), true).map(Value::object)
}

/// An offset such as `+02:00`.
fn fixed(offset: &str) -> ZoneObject {
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let part =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse().ok()).unwrap_or(0);
    let seconds: i32 = part(0..2) * 3_600 + part(2..4) * 60;
    let seconds = if offset.starts_with('-') { -seconds } else { seconds };
    ZoneObject { zone: Zone::Fixed(seconds), class: &super::zone::FIXED, label: None }
}

/// `pendulum.from_format(string, fmt, tz=UTC)`, for the tokens of whole numbers with a fixed width.
pub(super) fn from_format(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = need_text(&mut args, "string")?;
    let format = need_text(&mut args, "fmt")?;
    let zone = args.take("tz").map_or(Ok(utc()), |zone| safe(vm, &zone))?;
    let locale = args.take("locale");
    done(vm, args)?;
    let unclear = |vm: &Vm| not_modelled(vm, format!("`from_format` of `{format}` is not modelled"));
    if !is_english(locale.as_ref()) {
        return unclear(vm);
    }
    let source = text(&Value::Str(source))?;
    let (mut rest, mut tokens) = (&*source, &*format);
    let mut parts = [
        (4, "YYYY", None),
        (2, "MM", None),
        (2, "DD", None),
        (2, "HH", None),
        (2, "mm", None),
        (2, "ss", None),
    ];
    while !tokens.is_empty() {
        if let Some((width, token, slot)) = parts.iter_mut().find(|(_, token, _)| tokens.starts_with(*token))
        {
            let digits = rest.get(..*width).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let Some(number) = digits.and_then(|digits| digits.parse::<i64>().ok()) else {
                return unclear(vm);
            };
            if slot.replace(number).is_some() {
                return unclear(vm);
            }
            (rest, tokens) = (&rest[*width..], &tokens[token.len()..]);
            continue;
        }
        let mut chars = tokens.chars();
        let plain = chars.next().filter(|char| matches!(char, '-' | '/' | ' ' | ':' | '_' | '.' | ','));
        match plain.and_then(|char| rest.strip_prefix(char)) {
            Some(behind) => (rest, tokens) = (behind, chars.as_str()),
            None => return unclear(vm),
        }
    }
    // What is not given comes from the present in part, so that a date must be whole.
    let [year, month, day, hour, minute, second] = parts.map(|(_, _, slot)| slot);
    let (Some(year), Some(month), Some(day), "") = (year, month, day, rest) else { return unclear(vm) };
    let (Ok(date), Ok(clock)) = (
        date::checked(year, month, day),
        time::checked(hour.unwrap_or(0), minute.unwrap_or(0), second.unwrap_or(0), 0),
    ) else {
        return unclear(vm);
    };
    create(date.to_datetime(clock), Some(zone), true).map(Value::object)
}
