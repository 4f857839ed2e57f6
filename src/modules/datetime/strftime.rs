//! `strftime`: the directives that C99 and glibc have, in the C locale.

use std::rc::Rc;

use super::Moment;
use super::date::{sunday_zero, weekday};
use super::zone::{rules, show_offset};
use crate::datum::{CauseKind, Zone};
use crate::eval::Vm;
use crate::value::Eval;

pub(crate) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The text of a moment under a format.
pub fn strftime(vm: &mut Vm, moment: &Moment, format: &str) -> Eval<Rc<str>> {
    let mut text = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        if char != '%' {
            text.push(char);
            continue;
        }
        let Some(mut directive) = chars.next() else {
            text.push('%');
            break;
        };
        // glibc's flag that drops the padding.
        let bare = directive == '-';
        if bare {
            let Some(next) = chars.next() else { break };
            directive = next;
        }
        let part = directive_text(vm, moment, directive)?;
        if bare {
            let trimmed = part.trim_start_matches(['0', ' ']);
            text.push_str(if trimmed.is_empty() { "0" } else { trimmed });
        } else {
            text.push_str(&part);
        }
        vm.check_size(text.len())?;
    }
    Ok(text.into())
}

fn directive_text(vm: &mut Vm, moment: &Moment, directive: char) -> Eval<String> {
    let civil = moment.civil;
    let day = usize::try_from(weekday(civil.date())).unwrap_or_default();
    let month = usize::try_from(civil.month() - 1).unwrap_or_default();
    let hour12 = if civil.hour() % 12 == 0 { 12 } else { civil.hour() % 12 };
    let micros = civil.subsec_nanosecond() / 1_000;
    let nested = |vm: &mut Vm, format: &str| strftime(vm, moment, format).map(|text| text.to_string());
    Ok(match directive {
        'a' => DAYS[day][..3].to_owned(),
        'A' => DAYS[day].to_owned(),
        'b' | 'h' => MONTHS[month][..3].to_owned(),
        'B' => MONTHS[month].to_owned(),
        'c' => nested(vm, "%a %b %e %H:%M:%S %Y")?,
        'C' => format!("{:02}", civil.year() / 100),
        'd' => format!("{:02}", civil.day()),
        'D' | 'x' => nested(vm, "%m/%d/%y")?,
        'e' => format!("{:2}", civil.day()),
        'f' => format!("{micros:06}"),
        'F' => nested(vm, "%Y-%m-%d")?,
        'g' => format!("{:02}", civil.iso_week_date().year().rem_euclid(100)),
        'G' => civil.iso_week_date().year().to_string(),
        'H' => format!("{:02}", civil.hour()),
        'I' => format!("{hour12:02}"),
        'j' => format!("{:03}", civil.day_of_year()),
        'k' => format!("{:2}", civil.hour()),
        'l' => format!("{hour12:2}"),
        'm' => format!("{:02}", civil.month()),
        'M' => format!("{:02}", civil.minute()),
        'n' => "\n".to_owned(),
        'p' => (if civil.hour() < 12 { "AM" } else { "PM" }).to_owned(),
        'P' => (if civil.hour() < 12 { "am" } else { "pm" }).to_owned(),
        'r' => nested(vm, "%I:%M:%S %p")?,
        'R' => nested(vm, "%H:%M")?,
        's' => moment.instant()?.as_second().to_string(),
        'S' => format!("{:02}", civil.second()),
        't' => "\t".to_owned(),
        'T' | 'X' => nested(vm, "%H:%M:%S")?,
        'u' => (day + 1).to_string(),
        'U' => format!("{:02}", (civil.day_of_year() + 6 - i16::from(sunday_zero(civil.weekday()))) / 7),
        'V' => format!("{:02}", civil.iso_week_date().week()),
        'w' => sunday_zero(civil.weekday()).to_string(),
        'W' => format!("{:02}", (civil.day_of_year() + 6 - i16::from(weekday(civil.date()))) / 7),
        'y' => format!("{:02}", civil.year().rem_euclid(100)),
        'Y' => civil.year().to_string(),
        'z' => moment.offset()?.map_or(String::new(), |seconds| show_offset(seconds, "")),
        'Z' => match &moment.zone {
            None => String::new(),
            Some(zone) => match &zone.zone {
                Zone::Utc | Zone::Fixed(_) => zone.name(),
                Zone::Named(_) => {
                    let rules = rules(&zone.zone)?;
                    rules.to_offset_info(moment.instant()?).abbreviation().to_owned()
                }
            },
        },
        '%' => "%".to_owned(),
        other => {
            return vm.unknown(
                CauseKind::NotModelled,
                format!("the `strftime` directive `%{other}` is not modelled"),
            );
        }
    })
}
