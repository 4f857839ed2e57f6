//! The tokens of `DateTime.format`, in English.

use std::sync::LazyLock;

use regex::Regex;

use crate::datum::Zone;
use crate::eval::Vm;
use crate::modules::datetime::Moment;
use crate::modules::datetime::strftime::{DAYS, MONTHS, strftime};
use crate::modules::support::not_modelled;
use crate::value::Eval;

/// Source: `Formatter._TOKENS` of pendulum 3.
static TOKENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\[([^\[]*)\]|\\(.)|",
        "(Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|eo?|E{1,4}|w[o|w]?|W[o|W]?|Qo?|YYYY|YY|Y|gg(?:ggg?)?|GG(?:GGG?)?|a|A",
        "|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|LL?L?L?)",
    ))
    .ok()
});

/// As `format_moment`, shared.
pub(crate) fn format_text(vm: &mut Vm, moment: &Moment, format: &str) -> Eval<std::rc::Rc<str>> {
    format_moment(vm, moment, format).map(Into::into)
}

/// The text of a moment under a format of tokens.
pub(crate) fn format_moment(vm: &mut Vm, moment: &Moment, format: &str) -> Eval<String> {
    let Some(tokens) = &*TOKENS else {
        return not_modelled(vm, "the tokens of pendulum's formats are not modelled");
    };
    vm.check_size(format.len())?;
    let mut text = String::new();
    let mut end = 0;
    for found in tokens.captures_iter(format) {
        let whole = found.get_match();
        text.push_str(&format[end..whole.start()]);
        end = whole.end();
        let part = |at: usize| found.get(at).map(|part| part.as_str()).filter(|part| !part.is_empty());
        match (part(1).or(part(2)), part(3)) {
            (Some(literal), _) => text.push_str(literal),
            (None, Some(token)) => text.push_str(&token_text(vm, moment, token)?),
            (None, None) => return not_modelled(vm, "an empty `[]` in a format of pendulum is not modelled"),
        }
    }
    text.push_str(&format[end..]);
    Ok(text)
}

fn ordinal(number: impl Into<i64>) -> String {
    let number = number.into();
    let ending = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn token_text(vm: &mut Vm, moment: &Moment, token: &str) -> Eval<String> {
    let civil = moment.civil;
    let weekday = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap_or_default();
    let month = usize::try_from(civil.month() - 1).unwrap_or_default();
    let quarter = (civil.month() - 1) / 3 + 1;
    let hour12 = if civil.hour() % 12 == 0 { 12 } else { civil.hour() % 12 };
    let micros = civil.subsec_nanosecond() / 1_000;
    let seconds = |moment: &Moment| moment.instant().map(jiff::Timestamp::as_second);
    Ok(match token {
        "YYYY" | "Y" => civil.year().to_string(),
        "YY" => civil.year().to_string().chars().skip(2).collect(),
        "Q" => quarter.to_string(),
        "Qo" => ordinal(quarter),
        "MMMM" => MONTHS[month].to_owned(),
        "MMM" => MONTHS[month][..3].to_owned(),
        "MM" => format!("{:02}", civil.month()),
        "M" => civil.month().to_string(),
        "Mo" => ordinal(civil.month()),
        "DD" => format!("{:02}", civil.day()),
        "D" => civil.day().to_string(),
        "Do" => ordinal(civil.day()),
        "DDDD" => format!("{:03}", civil.day_of_year()),
        "DDD" => civil.day_of_year().to_string(),
        "DDDo" => ordinal(civil.day_of_year()),
        "dddd" => DAYS[weekday].to_owned(),
        "ddd" => DAYS[weekday][..3].to_owned(),
        "dd" => DAYS[weekday][..2].to_owned(),
        // The week begins on Sunday in English.
        "d" | "e" => ((weekday + 1) % 7).to_string(),
        "E" => (weekday + 1).to_string(),
        "wo" => ordinal(civil.date().iso_week_date().week()),
        "HH" => format!("{:02}", civil.hour()),
        "H" => civil.hour().to_string(),
        "hh" => format!("{hour12:02}"),
        "h" => hour12.to_string(),
        "mm" => format!("{:02}", civil.minute()),
        "m" => civil.minute().to_string(),
        "ss" => format!("{:02}", civil.second()),
        "s" => civil.second().to_string(),
        "S" | "SS" | "SSS" | "SSSS" | "SSSSS" | "SSSSSS" => format!("{micros:06}")[..token.len()].to_owned(),
        "X" => seconds(moment)?.to_string(),
        "x" => (seconds(moment)? * 1_000 + i64::from(micros) / 1_000).to_string(),
        "A" => if civil.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        "zz" => strftime(vm, moment, "%Z")?.to_string(),
        "z" => match &moment.zone {
            Some(zone) if zone.class.module == "pendulum" => zone.name(),
            _ => String::new(),
        },
        "Z" | "ZZ" => match moment.offset()? {
            None => String::new(),
            Some(offset) => {
                let separator = if token == "Z" { ":" } else { "" };
                crate::modules::datetime::zone::show_offset(offset / 60 * 60, separator)
            }
        },
        "LTS" => format_moment(vm, moment, "h:mm:ss A")?,
        "LT" => format_moment(vm, moment, "h:mm A")?,
        "L" => format_moment(vm, moment, "MM/DD/YYYY")?,
        "LL" => format_moment(vm, moment, "MMMM D, YYYY")?,
        "LLL" => format_moment(vm, moment, "MMMM D, YYYY h:mm A")?,
        "LLLL" => format_moment(vm, moment, "dddd, MMMM D, YYYY h:mm A")?,
        "eo" => ordinal(civil.weekday().to_sunday_one_offset()),
        "do" => ordinal(civil.weekday().to_sunday_zero_offset()),
        // pendulum leaves the rest of its tokens as they are, `a` and the week's among them.
        other => other.to_owned(),
    })
}

/// Whether the zone is UTC by name, as `to_iso8601_string` asks.
pub(super) fn is_utc(moment: &Moment) -> bool {
    moment.zone.as_ref().is_some_and(|zone| zone.class.module == "pendulum" && zone.zone == Zone::Utc)
}
