//! Cron expressions as croniter reads them, presets, and periods that a cron can say.

use std::fmt;

use jiff::civil;

/// Airflow's presets. Source: `airflow.utils.dates.cron_presets` of 3.0.6.
const PRESETS: &[(&str, &str)] = &[
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@quarterly", "0 0 1 */3 *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// The cron of a preset.
pub(crate) fn preset(name: &str) -> Option<&'static str> {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cron {
    fields: usize,
    hashed: bool,
    both_days: bool,
    special: bool,
}

impl Cron {
    /// What a scheduler that knows only plain cron may not take, in words.
    pub(crate) fn doubt(self) -> Option<&'static str> {
        match self {
            Self { fields: 6.., .. } => Some("fields for seconds or years"),
            Self { hashed: true, .. } => Some("`R` or `H`"),
            Self { special: true, .. } => Some("`L` or `#`"),
            Self { both_days: true, .. } => Some("both day of month and day of week"),
            Self { .. } => None,
        }
    }
}

struct Field {
    name: &'static str,
    low: u32,
    high: u32,
    words: &'static [&'static str],
    /// What the first word stands for.
    first: u32,
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: &[Field] = &[
    Field { name: "minute", low: 0, high: 59, words: &[], first: 0 },
    Field { name: "hour", low: 0, high: 23, words: &[], first: 0 },
    Field { name: "day of month", low: 1, high: 31, words: &[], first: 0 },
    Field { name: "month", low: 1, high: 12, words: MONTHS, first: 1 },
    Field { name: "day of week", low: 0, high: 7, words: DAYS, first: 0 },
    Field { name: "second", low: 0, high: 59, words: &[], first: 0 },
    Field { name: "year", low: 1970, high: 2099, words: &[], first: 0 },
];

/// Reads an expression or a preset.
pub(crate) fn check(text: &str) -> Result<Cron, Problem> {
    let text = text.trim().to_lowercase();
    let text = match preset(&text) {
        Some(cron) => cron,
        None => text.as_str(),
    };
    let fields: Vec<&str> = text.split_whitespace().collect();
    if !(5..=7).contains(&fields.len()) {
        return Err(Problem(format!("it has {} fields, not 5", fields.len())));
    }
    let mut cron = Cron {
        fields: fields.len(),
        hashed: false,
        both_days: fields[2] != "*" && fields[4] != "*" && fields[2] != "?" && fields[4] != "?",
        special: false,
    };
    for (field, text) in FIELDS.iter().zip(&fields) {
        for item in text.split(',') {
            check_item(field, item, &mut cron)?;
        }
    }
    Ok(cron)
}

fn check_item(field: &Field, item: &str, cron: &mut Cron) -> Result<(), Problem> {
    let problem = || Problem(format!("`{item}` is no {}", field.name));
    let is_day_of_week = field.name == "day of week";
    let is_day = is_day_of_week || field.name == "day of month";
    if item.starts_with(['h', 'r']) {
        cron.hashed = true;
        return hashed(field, item).then_some(()).ok_or_else(problem);
    }
    if item == "*" || (item == "?" && is_day) || (item == "l" && field.name == "day of month") {
        cron.special |= item == "l";
        return Ok(());
    }
    if is_day_of_week {
        if let Some((day, nth)) = item.split_once('#') {
            cron.special = true;
            let nth = nth.parse::<u32>().is_ok_and(|nth| (1..=5).contains(&nth));
            return (nth && number(field, day).is_some()).then_some(()).ok_or_else(problem);
        }
        if let Some(day) = item.strip_prefix('l') {
            cron.special = true;
            return number(field, day).map(|_| ()).ok_or_else(problem);
        }
    }
    let (range, step) = match item.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (item, None),
    };
    if let Some(step) = step {
        let valid =
            step.parse::<u32>().is_ok_and(|step| step > 0) && step.bytes().all(|b| b.is_ascii_digit());
        if !valid {
            return Err(problem());
        }
    }
    if range == "*" {
        return Ok(());
    }
    match range.split_once('-') {
        Some((low, high)) => {
            let (low, high) =
                (number(field, low).ok_or_else(problem)?, number(field, high).ok_or_else(problem)?);
            // croniter takes a range that wraps around, but not in the field of years.
            (low <= high || field.name != "year").then_some(()).ok_or_else(problem)
        }
        None => number(field, range).map(|_| ()).ok_or_else(problem),
    }
}

fn number(field: &Field, text: &str) -> Option<u32> {
    if let Some(word) = field.words.iter().position(|word| *word == text) {
        return u32::try_from(word).ok().map(|word| word + field.first);
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| (field.low..=field.high).contains(number))
}

/// `h`, `h/5`, `h(0-29)`, `h(0-29)/5` and the same with `r`.
fn hashed(field: &Field, item: &str) -> bool {
    let (head, step) = item.split_once('/').unwrap_or((item, "1"));
    let step = step.parse::<u32>().is_ok_and(|step| step > 0);
    let range = match head[1..].strip_prefix('(').map(|range| range.strip_suffix(')')) {
        None => head.len() == 1,
        Some(None) => false,
        Some(Some(range)) => range.split_once('-').is_some_and(|(low, high)| {
            matches!((number(field, low), number(field, high)), (Some(low), Some(high)) if low <= high)
        }),
    };
    range && step
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

    #[test]
    fn expressions_are_checked() {
        for good in
            ["0 0 * * *", "*/5 9-17 * * mon-fri", "0 0 1,15 * *", "0 0 * * 5#2", "@daily", "h h * * *"]
        {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in
            ["", "0 0 * *", "60 * * * *", "* 24 * * *", "a b c d e", "*/0 * * * *", "0 0 0 * *", "@daly"]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check("0 0 1 * 1").unwrap().doubt().is_some());
        assert_eq!(check("0 0 * * 1").unwrap().doubt(), None);
    }
}
