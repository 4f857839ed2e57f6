//! Cron expressions as croniter reads them, presets, and periods that a cron can say.

use std::fmt;

use jiff::civil;

mod ticks;

pub(crate) use ticks::ticks;

/// Airflow's presets, and two more names that croniter has.
///
/// Source: `airflow.utils.dates.cron_presets` of 3.0.6, `croniter._expand`.
const PRESETS: &[(&str, &str)] = &[
    ("@annually", "0 0 1 1 *"),
    ("@daily", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
    ("@midnight", "0 0 * * *"),
    ("@monthly", "0 0 1 * *"),
    ("@quarterly", "0 0 1 */3 *"),
    ("@weekly", "0 0 * * 0"),
    ("@yearly", "0 0 1 1 *"),
];

/// The cron of a preset.
pub(crate) fn preset(name: &str) -> Option<&'static str> {
    // croniter reads its own names in any case; of Airflow's, it lacks this one.
    let lower = name.to_lowercase();
    let name = if lower == "@quarterly" { name } else { lower.as_str() };
    PRESETS.iter().find(|(preset, _)| *preset == name).map(|(_, cron)| *cron)
}

/// Why an expression is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem(String);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A valid expression, as far as its form matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cron {
    fields: usize,
    random: bool,
    both_days: bool,
    special: bool,
}

impl Cron {
    /// What a scheduler that knows only plain cron may not take, in words.
    pub(crate) fn doubt(self) -> Option<&'static str> {
        match self {
            Self { fields: 6.., .. } => Some("fields for seconds or years"),
            Self { random: true, .. } => Some("`R`"),
            Self { special: true, .. } => Some("`L`, `W` or `#`"),
            Self { both_days: true, .. } => Some("both a day of the month and a day of the week"),
            Self { .. } => None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    DayOfMonth,
    Month,
    DayOfWeek,
}

/// What an item says of a day of the week that is counted within the month.
enum Counted<'i> {
    /// Nothing: it is another kind of item.
    No,
    /// The day, or the days.
    Day(&'i str),
    /// It counts to a week that no month has.
    NoSuchWeek,
}

struct Field {
    name: &'static str,
    low: u64,
    high: u64,
    kind: Kind,
}

const FIELDS: &[Field] = &[
    Field { name: "minute", low: 0, high: 59, kind: Kind::Plain },
    Field { name: "hour", low: 0, high: 23, kind: Kind::Plain },
    Field { name: "day of the month", low: 1, high: 31, kind: Kind::DayOfMonth },
    Field { name: "month", low: 1, high: 12, kind: Kind::Month },
    Field { name: "day of the week", low: 0, high: 6, kind: Kind::DayOfWeek },
    Field { name: "second", low: 0, high: 59, kind: Kind::Plain },
    Field { name: "year", low: 1970, high: 2099, kind: Kind::Plain },
];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Reads an expression or a preset, as `croniter(text)` does without a hash id.
///
/// Source: `croniter._expand` of 7.0.0; the record of its verdicts in `cron_verdicts.tsv` holds this to it.
pub(crate) fn check(text: &str) -> Result<Cron, Problem> {
    let text = preset(text).map_or_else(|| text.to_lowercase(), str::to_owned);
    let fields: Vec<&str> = text.split_ascii_whitespace().collect();
    if !(5..=7).contains(&fields.len()) {
        return Err(Problem(format!("it has {} fields, not 5", fields.len())));
    }
    let restricted = |field: &str| field != "*" && field != "?";
    let mut cron = Cron {
        fields: fields.len(),
        both_days: restricted(fields[2]) && restricted(fields[4]),
        ..Cron::default()
    };
    for (field, text) in FIELDS.iter().zip(&fields) {
        if !field.check(text, &mut cron) {
            return Err(Problem(format!("`{text}` is no {}", field.name)));
        }
    }
    Ok(cron)
}

impl Field {
    fn check(&self, text: &str, cron: &mut Cron) -> bool {
        if let Some(rest) = text.strip_prefix('r')
            && let Some(valid) = self.random(rest)
        {
            cron.random = true;
            return valid;
        }
        if text.contains('?') {
            return text == "?" && matches!(self.kind, Kind::DayOfMonth | Kind::DayOfWeek);
        }
        let items: Vec<&str> = text.split(',').collect();
        if self.kind == Kind::DayOfMonth
            && let Some(day) = items.iter().find_map(|item| nearest_weekday(item))
        {
            cron.special = true;
            return items.len() == 1 && day.parse::<u64>().is_ok_and(|day| (1..=31).contains(&day));
        }
        // Days of the week that count from the end or the beginning of the month, and plain ones; `*` is no day here.
        let (mut counted, mut plain): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
        let star = items.contains(&"*");
        for item in items {
            let (days, into) = match self.counted(item) {
                Counted::No => (item, &mut plain),
                Counted::NoSuchWeek => return false,
                Counted::Day(days) => {
                    cron.special = true;
                    (days, &mut counted)
                }
            };
            cron.special |= days.contains('l') && self.kind == Kind::DayOfMonth;
            match self.values(days) {
                Some(values) => into.extend(values),
                None => return false,
            }
        }
        let only_plain = plain.iter().any(|day| !counted.contains(day));
        let mut all = [counted.as_slice(), plain.as_slice()].concat();
        all.sort_unstable();
        all.dedup();
        // croniter lets the mixture pass where the members, `*` among them, are as many as the days.
        counted.is_empty() || !only_plain || all.len() + usize::from(star) == DAYS.len()
    }

    /// `R`, `R/5`, `R(0-29)`, `R(0-29)/5`, from behind the letter; `None` where it is nothing of the kind.
    fn random(&self, rest: &str) -> Option<bool> {
        let (range, step) = rest.split_once('/').map_or((rest, None), |(range, step)| (range, Some(step)));
        let is_step = step.is_none_or(is_number);
        if range.is_empty() {
            return is_step.then(|| step.is_none_or(is_positive));
        }
        let (low, high) = range.strip_prefix('(')?.strip_suffix(')')?.split_once('-')?;
        if !is_step || !is_number(low) || !is_number(high) {
            return None;
        }
        let valid = match (low.parse::<u64>(), high.parse::<u64>()) {
            (Ok(low), Ok(high)) => low < high && self.holds(self.alias(low)) && self.holds(self.alias(high)),
            _ => false,
        };
        Some(valid && step.is_none_or(is_positive))
    }

    /// Takes `5#2` and `L5` apart.
    fn counted<'i>(&self, item: &'i str) -> Counted<'i> {
        if self.kind != Kind::DayOfWeek {
            return Counted::No;
        }
        if let Some(day) = item.strip_prefix('l').filter(|day| is_number(day)) {
            return Counted::Day(day);
        }
        let Some((days, week)) = item.split_once('#').filter(|(_, week)| is_number(week)) else {
            return Counted::No;
        };
        let names = |names: &[&str]| match days.split_once('-') {
            Some((low, high)) => names.contains(&low) && names.contains(&high),
            None => names.contains(&days),
        };
        let word = !days.is_empty() && days.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !names(DAYS) && !names(MONTHS) && !word {
            return Counted::No;
        }
        let exists = week.parse::<u64>().is_ok_and(|week| (1..=5).contains(&week));
        if exists { Counted::Day(days) } else { Counted::NoSuchWeek }
    }

    /// The values of an item; none of them for `*`, and `None` where it is not valid.
    fn values(&self, item: &str) -> Option<Vec<u64>> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) if is_positive(step) => {
                (range, Some(step.parse::<u64>().unwrap_or(u64::MAX)))
            }
            Some(_) => return None,
            None => (item, None),
        };
        if item == "*" {
            return Some(Vec::new());
        }
        if range == "*" {
            let step = step.and_then(|step| usize::try_from(step).ok()).unwrap_or(usize::MAX);
            return Some((self.low..=self.high).step_by(step).collect());
        }
        let (low, high) = match (range.split_once('-'), step) {
            (Some((_, "l")), _) if self.kind == Kind::DayOfMonth => (range.split_once('-')?.0, 31),
            (Some((low, high)), _) => (low, self.number(high)?),
            (None, Some(_)) => (range, self.high),
            (None, None) if range == "l" && self.kind == Kind::DayOfMonth => return Some(Vec::new()),
            (None, None) => return Some(vec![self.number(range).filter(|value| self.holds(*value))?]),
        };
        let is_range = range.contains('-');
        let low = self.number(low)?;
        if low.max(high) > self.high {
            return None;
        }
        let step = usize::try_from(step.unwrap_or(1)).unwrap_or(usize::MAX);
        // A range from a value to itself is the whole cycle.
        if low == high && is_range {
            return Some((self.low..=self.high).step_by(step).collect());
        }
        if low < self.low {
            return None;
        }
        if low <= high {
            return Some((low..=high).step_by(step).collect());
        }
        // A range that wraps around; which values a step leaves in its second half does not matter to a check.
        Some((low..=self.high).chain(self.low..=high).step_by(step).collect())
    }

    fn number(&self, text: &str) -> Option<u64> {
        let word = |words: &[&str], first: u64| {
            words
                .iter()
                .position(|word| *word == text)
                .and_then(|at| u64::try_from(at).ok())
                .map(|at| at + first)
        };
        let named = match self.kind {
            Kind::Month => word(MONTHS, 1),
            Kind::DayOfWeek => word(DAYS, 0),
            Kind::Plain | Kind::DayOfMonth => None,
        };
        named
            .or_else(|| is_number(text).then(|| text.parse().ok()).flatten().map(|number| self.alias(number)))
    }

    /// Sunday is 7, too.
    fn alias(&self, number: u64) -> u64 {
        if self.kind == Kind::DayOfWeek && number == 7 { 0 } else { number }
    }

    fn holds(&self, number: u64) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// The day in `15W` or `W15`.
fn nearest_weekday(item: &str) -> Option<&str> {
    item.strip_prefix('w').or_else(|| item.strip_suffix('w')).filter(|day| is_number(day))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_positive(text: &str) -> bool {
    is_number(text) && text.bytes().any(|byte| byte != b'0')
}

/// The cron of a period in seconds that starts at a wall time; `None` where no cron says it.
pub(crate) fn every(seconds: i64, phase: civil::DateTime) -> Option<String> {
    const DAY: i64 = 86_400;
    if phase.second() != 0 || phase.subsec_nanosecond() != 0 || seconds <= 0 || seconds % 60 != 0 {
        return None;
    }
    let (minute, hour) = (i64::from(phase.minute()), i64::from(phase.hour()));
    if seconds == 7 * DAY {
        let day = phase.weekday().to_sunday_zero_offset();
        return Some(format!("{minute} {hour} * * {day}"));
    }
    if DAY % seconds != 0 {
        return None;
    }
    let minutes = seconds / 60;
    if 60 % minutes == 0 {
        return Some(format!("{} * * * *", list(minute % minutes, minutes, 60)));
    }
    if minutes % 60 != 0 {
        return None;
    }
    let hours = minutes / 60;
    Some(format!("{minute} {} * * *", list(hour % hours, hours, 24)))
}

/// The values of a field from `first` in steps, as short as it goes.
fn list(first: i64, step: i64, end: i64) -> String {
    match (first, step) {
        (_, 1) => "*".to_owned(),
        (0, step) if step < end => format!("*/{step}"),
        (first, step) => {
            let mut values = Vec::new();
            let mut value = first;
            while value < end {
                values.push(value.to_string());
                value += step;
            }
            values.join(",")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_become_crons() {
        let at = |text: &str| text.parse::<civil::DateTime>().unwrap();
        let phase = at("2024-01-01T06:30:00");
        assert_eq!(every(86_400, phase).as_deref(), Some("30 6 * * *"));
        assert_eq!(every(7 * 86_400, phase).as_deref(), Some("30 6 * * 1"));
        assert_eq!(every(3600, phase).as_deref(), Some("30 * * * *"));
        assert_eq!(every(4 * 3600, phase).as_deref(), Some("30 2,6,10,14,18,22 * * *"));
        assert_eq!(every(4 * 3600, at("2024-01-01T00:00:00")).as_deref(), Some("0 */4 * * *"));
        assert_eq!(every(900, phase).as_deref(), Some("*/15 * * * *"));
        assert_eq!(every(900, at("2024-01-01T00:05:00")).as_deref(), Some("5,20,35,50 * * * *"));
        assert_eq!(every(5400, phase), None);
        assert_eq!(every(2 * 86_400, phase), None);
        assert_eq!(every(86_400, at("2024-01-01T00:00:01")), None);
    }

    /// croniter 7.0.0's own verdicts over made-up expressions, most of them near to valid ones.
    #[test]
    fn croniter_agrees() {
        let wrong: Vec<&str> = include_str!("cron_verdicts.tsv")
            .lines()
            .filter(|line| {
                let (verdict, expression) = line.split_once('\t').unwrap();
                check(expression).is_ok() != (verdict == "valid")
            })
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
    }

    #[test]
    fn expressions_are_checked() {
        for good in
            ["0 0 * * *", "*/5 9-17 * * mon-fri", "0 0 1,15 * *", "0 0 * * 5#2", "@daily", "r r * * *"]
        {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "0 0 * *",
            "60 * * * *",
            "* 24 * * *",
            "a b c d e",
            "*/0 * * * *",
            "0 0 0 * *",
            "@daly",
            "h h * * *",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check("0 0 1 * 1").unwrap().doubt().is_some());
        assert_eq!(check("0 0 * * 1").unwrap().doubt(), None);
    }
}
