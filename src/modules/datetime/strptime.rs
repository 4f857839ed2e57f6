//! Parsing: `strptime` and `fromisoformat`.

use jiff::civil;

use super::Moment;
use super::strftime::{DAYS, MONTHS};
use super::zone::{TIMEZONE, ZoneObject};
use crate::datum::{CauseKind, Zone};
use crate::eval::Vm;
use crate::value::{Eval, Stop};

/// `datetime.strptime(text, format)`.
pub fn strptime(vm: &mut Vm, text: &str, format: &str) -> Eval<Moment> {
    let mismatch = || Stop::value_error(format!("time data '{text}' does not match format '{format}'"));
    let mut parts = Parts { year: 1900, month: 1, day: 1, ..Parts::default() };
    let mut rest = text;
    let mut directives = format.chars().peekable();
    while let Some(char) = directives.next() {
        if char.is_whitespace() {
            // Any run of blanks stands for any other, but not for none.
            while directives.peek().is_some_and(|next| next.is_whitespace()) {
                directives.next();
            }
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return Err(mismatch());
            }
            rest = trimmed;
            continue;
        }
        if char != '%' {
            rest = rest.strip_prefix(char).ok_or_else(mismatch)?;
            continue;
        }
        let directive =
            directives.next().ok_or_else(|| Stop::value_error(format!("stray % in format '{format}'")))?;
        rest = match parts.take(directive, rest) {
            Taken::Rest(rest) => rest,
            Taken::Mismatch => return Err(mismatch()),
            Taken::NotModelled => {
                return vm.unknown(
                    CauseKind::NotModelled,
                    format!("the `strptime` directive `%{directive}` is not modelled"),
                );
            }
        };
    }
    if !rest.is_empty() {
        return Err(Stop::value_error(format!("unconverted data remains: {rest}")));
    }
    parts.moment()
}

#[derive(Default)]
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    afternoon: Option<bool>,
    day_of_year: Option<i64>,
    offset: Option<i32>,
}

enum Taken<'t> {
    Rest(&'t str),
    Mismatch,
    NotModelled,
}

impl Parts {
    fn take<'t>(&mut self, directive: char, rest: &'t str) -> Taken<'t> {
        let number = |slot: &mut i64, most: usize, range: std::ops::RangeInclusive<i64>| {
            let mut digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
            // `12` for a month is one number, `13` is a month of one digit and what follows.
            while digits > 0 {
                if let Ok(value) = rest[..digits].parse::<i64>()
                    && range.contains(&value)
                {
                    *slot = value;
                    return Taken::Rest(&rest[digits..]);
                }
                digits -= 1;
            }
            Taken::Mismatch
        };
        match directive {
            'Y' => match rest.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())) {
                Some(digits) => {
                    self.year = digits.parse().unwrap_or_default();
                    Taken::Rest(&rest[4..])
                }
                None => Taken::Mismatch,
            },
            'y' => {
                let mut short = 0;
                let taken = number(&mut short, 2, 0..=99);
                self.year = if short < 69 { 2000 + short } else { 1900 + short };
                taken
            }
            'm' => number(&mut self.month, 2, 1..=12),
            'd' => number(&mut self.day, 2, 1..=31),
            'H' => number(&mut self.hour, 2, 0..=23),
            'I' => number(&mut self.hour, 2, 1..=12),
            'M' => number(&mut self.minute, 2, 0..=59),
            'S' => number(&mut self.second, 2, 0..=59),
            'j' => {
                let mut day = 0;
                let taken = number(&mut day, 3, 1..=366);
                self.day_of_year = Some(day);
                taken
            }
            'f' => {
                let digits = rest.bytes().take(6).take_while(u8::is_ascii_digit).count();
                if digits == 0 {
                    return Taken::Mismatch;
                }
                self.micros = format!("{:0<6}", &rest[..digits]).parse().unwrap_or_default();
                Taken::Rest(&rest[digits..])
            }
            'p' => match rest.get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("am") => {
                    self.afternoon = Some(false);
                    Taken::Rest(&rest[2..])
                }
                Some("pm") => {
                    self.afternoon = Some(true);
                    Taken::Rest(&rest[2..])
                }
                _ => Taken::Mismatch,
            },
            'b' | 'B' => {
                for (at, name) in MONTHS.iter().enumerate() {
                    let name = if directive == 'b' { &name[..3] } else { name };
                    if let Some(rest) = strip_name(rest, name) {
                        self.month = i64::try_from(at).unwrap_or_default() + 1;
                        return Taken::Rest(rest);
                    }
                }
                Taken::Mismatch
            }
            'a' | 'A' => DAYS
                .iter()
                .find_map(|name| strip_name(rest, if directive == 'a' { &name[..3] } else { name }))
                .map_or(Taken::Mismatch, Taken::Rest),
            'z' => match offset(rest) {
                Some((seconds, rest)) => {
                    self.offset = Some(seconds);
                    Taken::Rest(rest)
                }
                None => Taken::Mismatch,
            },
            '%' => rest.strip_prefix('%').map_or(Taken::Mismatch, Taken::Rest),
            _ => Taken::NotModelled,
        }
    }

    fn moment(self) -> Eval<Moment> {
        let hour = match self.afternoon {
            None => self.hour,
            Some(false) => self.hour % 12,
            Some(true) => self.hour % 12 + 12,
        };
        let mut date = super::date::checked(self.year, self.month, self.day)?;
        if let Some(day) = self.day_of_year {
            let span = jiff::Span::new().try_days(day - 1).unwrap_or_default();
            date = super::date::checked(self.year, 1, 1)?.checked_add(span).unwrap_or(date);
        }
        let time = super::time::checked(hour, self.minute, self.second, self.micros)?;
        Ok(Moment { zone: self.offset.map(fixed), ..Moment::naive(date.to_datetime(time)) })
    }
}

fn strip_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let head = text.get(..name.len())?;
    head.eq_ignore_ascii_case(name).then(|| &text[name.len()..])
}

fn fixed(seconds: i32) -> ZoneObject {
    let zone = if seconds == 0 { Zone::Utc } else { Zone::Fixed(seconds) };
    ZoneObject { zone, class: &TIMEZONE, label: None }
}

/// An offset such as `+0530`, `+05:30` or `Z` at the start of a text.
fn offset(text: &str) -> Option<(i32, &str)> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some((0, rest));
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let rest = &text[1..];
    let hours: i32 = rest.get(..2)?.parse().ok()?;
    let rest = &rest[2..];
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minutes, rest) = match rest.get(..2).and_then(|digits| digits.parse::<i32>().ok()) {
        Some(minutes) => (minutes, &rest[2..]),
        None => (0, rest),
    };
    (hours < 24 && minutes < 60).then_some((sign * (hours * 3600 + minutes * 60), rest))
}

/// `date.fromisoformat`: `2024-01-31` and `20240131`.
pub fn iso_date(text: &str) -> Option<civil::Date> {
    let digits = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten()
    };
    if text.is_ascii() && text.contains('W') {
        return iso_week(text);
    }
    let (year, month, day) = match text.len() {
        10 if text.is_ascii() && &text[4..5] == "-" && &text[7..8] == "-" => {
            (&text[..4], &text[5..7], &text[8..])
        }
        8 if text.is_ascii() => (&text[..4], &text[4..6], &text[6..]),
        _ => return None,
    };
    super::date::checked(digits(year)?, digits(month)?, digits(day)?).ok()
}

/// `2024-W01`, `2024-W01-1`, and both without dashes.
fn iso_week(text: &str) -> Option<civil::Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let dashed = rest.starts_with('-');
    let rest = rest.trim_start_matches('-').strip_prefix('W')?;
    let (week, day) = rest.split_at_checked(2)?;
    let day = match (day, dashed) {
        ("", _) => "1",
        (day, true) => day.strip_prefix('-')?,
        (day, false) => day,
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    let weekday = civil::Weekday::from_monday_one_offset(number(day)?).ok()?;
    let year = year.parse().ok()?;
    Some(civil::ISOWeekDate::new(year, number(week)?, weekday).ok()?.date())
}

/// `time.fromisoformat` without a zone.
pub fn iso_time(text: &str) -> Option<civil::Time> {
    if !text.is_ascii() {
        return None;
    }
    let (clock, fraction) = match text.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let compact = !clock.contains(':');
    let parts: Vec<&str> = if compact {
        if !matches!(clock.len(), 2 | 4 | 6) {
            return None;
        }
        (0..clock.len()).step_by(2).map(|at| &clock[at..at + 2]).collect()
    } else {
        clock.split(':').collect()
    };
    if parts.len() > 3 || parts.iter().any(|part| part.len() != 2) {
        return None;
    }
    let number = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<i64>().ok());
    let micros = match fraction {
        None => 0,
        Some(digits)
            if parts.len() == 3 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("{:0<6}", digits.get(..6.min(digits.len()))?).parse().ok()?
        }
        Some(_) => return None,
    };
    super::time::checked(number(0)?, number(1)?, number(2)?, micros).ok()
}

/// `datetime.fromisoformat`, as Python 3.11 and later have it.
pub fn iso_datetime(text: &str) -> Option<Moment> {
    if let Some(date) = iso_date(text) {
        return Some(Moment::naive(date.to_datetime(civil::time(0, 0, 0, 0))));
    }
    let length = if text.get(4..5)? == "-" { 10 } else { 8 };
    let date = iso_date(text.get(..length)?)?;
    let mut rest = text.get(length..)?.chars();
    rest.next()?;
    let rest = rest.as_str();
    let at = rest.find(['+', '-', 'Z']).unwrap_or(rest.len());
    let time = iso_time(&rest[..at])?;
    let zone = match &rest[at..] {
        "" => None,
        zone => match offset(zone)? {
            (seconds, "") => Some(fixed(seconds)),
            _ => return None,
        },
    };
    Some(Moment { zone, ..Moment::naive(date.to_datetime(time)) })
}
