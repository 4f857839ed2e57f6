//! `calendar` (months, leap years, English names), `shutil` as far as it answers.
//!
//! Left out: calendars as texts or tables, locales.

use super::machine;
use super::support::{not_modelled, nothing, outside_row};
use super::{Member, ModuleTable};
use crate::modules::datetime::strftime::{DAYS, MONTHS};
use crate::modules::datetime::{date, need_int};
use crate::value::{Native, Value};

/// The rows of `calendar`.
pub static CALENDAR: ModuleTable = ModuleTable {
    name: "calendar",
    members: &[
        ("FRIDAY", Member::Constant(|| Value::int(4))),
        ("MONDAY", Member::Constant(|| Value::int(0))),
        ("SATURDAY", Member::Constant(|| Value::int(5))),
        ("SUNDAY", Member::Constant(|| Value::int(6))),
        ("THURSDAY", Member::Constant(|| Value::int(3))),
        ("TUESDAY", Member::Constant(|| Value::int(1))),
        ("WEDNESDAY", Member::Constant(|| Value::int(2))),
        ("day_abbr", Member::Constant(|| names(&DAYS, None, 3))),
        ("day_name", Member::Constant(|| names(&DAYS, None, usize::MAX))),
        (
            "isleap",
            Member::Function(Native::new("isleap", |_, mut args| {
                let year = need_int(&mut args, "year")?;
                args.finish()?;
                Ok(Value::Bool(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)))
            })),
        ),
        ("month_abbr", Member::Constant(|| names(&MONTHS, Some(""), 3))),
        ("month_name", Member::Constant(|| names(&MONTHS, Some(""), usize::MAX))),
        (
            "monthrange",
            Member::Function(Native::new("monthrange", |vm, mut args| {
                let (year, month) = (need_int(&mut args, "year")?, need_int(&mut args, "month")?);
                args.finish()?;
                if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
                    return not_modelled(vm, "`monthrange` of this month is not modelled");
                }
                let first = date::checked(year, month, 1)?;
                let weekday = first.weekday().to_monday_zero_offset();
                Ok(Value::tuple([Value::int(weekday), Value::int(first.days_in_month())]))
            })),
        ),
    ],
};

/// Names by their number, cut to a length; a list stands for Python's own kind of sequence.
fn names(names: &[&str], first: Option<&str>, length: usize) -> Value {
    let names = first.into_iter().chain(names.iter().copied());
    Value::tuple(names.map(|name| Value::str(name.get(..length).unwrap_or(name))).collect::<Vec<_>>())
}

/// The rows of `shutil`.
pub static SHUTIL: ModuleTable = ModuleTable {
    name: "shutil",
    members: &[
        outside_row!("copy", "a change to the disk is not made"),
        outside_row!("copyfile", "a change to the disk is not made"),
        outside_row!("disk_usage", "the disk is not known before Airflow runs"),
        outside_row!("get_terminal_size", "the terminal is not known before Airflow runs"),
        outside_row!("move", "a change to the disk is not made"),
        ("rmtree", Member::Function(nothing("rmtree"))),
        ("which", Member::Function(Native::new("which", machine::which))),
    ],
};
