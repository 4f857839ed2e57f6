//! `dateutil`: `relativedelta`, `parser.parse` and `isoparse` of ISO dates, `tz.gettz`, `tz.tzutc`, `tz.UTC`.
//!
//! Left out: rules of recurrence, dates in words, the difference of two dates as a `relativedelta`.

use super::datetime::zone::{Known, METHODS as ZONE_METHODS, TZINFO, known};
use super::datetime::{Moment, ZoneObject, strptime};
use super::support::{need_text, not_modelled, outside};
use super::{Member, ModuleTable};
use crate::datum::Zone;
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Type, Value};

pub mod delta;
pub mod weekday;

/// The package, which has nothing but modules.
pub static DATEUTIL: ModuleTable = ModuleTable { name: "dateutil", members: &[] };

/// The rows of `dateutil.relativedelta`.
pub static DATEUTIL_RELATIVEDELTA: ModuleTable = ModuleTable {
    name: "dateutil.relativedelta",
    members: &[
        ("FR", Member::Constant(|| weekday::value(4))),
        ("MO", Member::Constant(|| weekday::value(0))),
        ("SA", Member::Constant(|| weekday::value(5))),
        ("SU", Member::Constant(|| weekday::value(6))),
        ("TH", Member::Constant(|| weekday::value(3))),
        ("TU", Member::Constant(|| weekday::value(1))),
        ("WE", Member::Constant(|| weekday::value(2))),
        ("relativedelta", Member::Class(&delta::RELATIVE_DELTA)),
    ],
};

/// The rows of `dateutil.parser`.
pub static DATEUTIL_PARSER: ModuleTable = ModuleTable {
    name: "dateutil.parser",
    members: &[
        ("isoparse", Member::Function(Native::new("isoparse", parse))),
        ("parse", Member::Function(Native::new("parse", parse))),
    ],
};

/// The rows of `dateutil.tz`.
pub static DATEUTIL_TZ: ModuleTable = ModuleTable {
    name: "dateutil.tz",
    members: &[
        ("UTC", Member::Constant(|| Value::object(utc()))),
        (
            "gettz",
            Member::Function(Native::new("gettz", |vm, mut args| {
                let Some(name) = super::support::text_or_none(&mut args, "name")? else {
                    return outside(vm, "the local time zone is not known before Airflow runs");
                };
                args.finish()?;
                match known(&name) {
                    Known::Zone(Zone::Utc) => Ok(Value::object(utc())),
                    Known::Zone(zone) => Ok(Value::object(ZoneObject { zone, class: &TZ_FILE, label: None })),
                    Known::OtherCase | Known::Nothing => {
                        not_modelled(vm, format!("the time zone `{name}` is not modelled"))
                    }
                }
            })),
        ),
        ("tzutc", Member::Class(&TZ_UTC)),
    ],
};

static TZ_UTC: Type = Type {
    base: Some(&TZINFO),
    methods: ZONE_METHODS,
    ..Type::new("dateutil.tz", "tzutc", |_, args| {
        args.finish()?;
        Ok(Value::object(utc()))
    })
};
static TZ_FILE: Type = Type {
    base: Some(&TZINFO),
    methods: ZONE_METHODS,
    ..Type::new("dateutil.tz", "tzfile", |vm, _| not_modelled(vm, "a zone from a file is not modelled"))
};
static TZ_OFFSET: Type = Type {
    base: Some(&TZINFO),
    methods: ZONE_METHODS,
    ..Type::new("dateutil.tz", "tzoffset", |vm, _| not_modelled(vm, "`tzoffset` is not modelled"))
};

fn utc() -> ZoneObject {
    ZoneObject { zone: Zone::Utc, class: &TZ_UTC, label: None }
}

/// Dates that ISO 8601 and dateutil read alike: `2024-01-31`, with a time of hours and minutes or more, and a zone.
fn parse(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = need_text(&mut args, "timestr")?;
    let plain = source.len() >= 10 && source.as_bytes().get(4) == Some(&b'-') && !source.contains(['W', ',']);
    let separated = source.len() == 10 || matches!(source.as_bytes().get(10), Some(b' ' | b'T'));
    let clear = source.len() == 10 || source.get(11..).is_some_and(|time| time.contains(':'));
    let moment = strptime::iso_datetime(&source).filter(|_| plain && separated && clear);
    let Some(moment) = moment.filter(|_| args.finish().is_ok()) else {
        return not_modelled(vm, format!("parsing the date `{source}` is not modelled"));
    };
    let zone = moment.zone.as_ref().map(|zone| match &zone.zone {
        Zone::Fixed(seconds) if *seconds != 0 => {
            ZoneObject { zone: Zone::Fixed(*seconds), class: &TZ_OFFSET, label: None }
        }
        _ => utc(),
    });
    Ok(Value::object(Moment { zone, ..moment }))
}
