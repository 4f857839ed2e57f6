//! `pendulum` 3, the part that DAGs use: `DateTime` with its arithmetic and formats, time zones, durations, ISO parsing.
//!
//! Left out: intervals, `Time` of its own (a plain one stands for it), other locales than English, `from_format` of names. The local zone is taken to be UTC, as on Airflow's images.

use std::rc::Rc;

use super::datetime::moment::{DATETIME, STATICS, at};
use super::datetime::{Date, Moment, Time, ZoneObject, now};
use super::support::{as_text, done, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::Zone;
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Stop, Type, Value};

pub mod create;
pub mod date;
pub mod duration;
mod format;
mod methods;
mod parse;
pub mod shift;
pub mod zone;

pub(crate) use format::format_text as format_moment;
pub(crate) use methods::moment_attr;

/// The rows of the module.
pub static PENDULUM: ModuleTable = ModuleTable {
    name: "pendulum",
    members: &[
        ("DAYS_PER_WEEK", Member::Constant(|| Value::int(7))),
        ("Date", Member::Class(&date::DATE)),
        ("DateTime", Member::Class(&DATE_TIME)),
        ("Duration", Member::Class(&duration::DURATION)),
        ("FRIDAY", Member::Constant(|| Value::int(4))),
        ("FixedTimezone", Member::Class(&zone::FIXED)),
        ("HOURS_PER_DAY", Member::Constant(|| Value::int(24))),
        ("MINUTES_PER_HOUR", Member::Constant(|| Value::int(60))),
        ("MONDAY", Member::Constant(|| Value::int(0))),
        ("MONTHS_PER_YEAR", Member::Constant(|| Value::int(12))),
        ("SATURDAY", Member::Constant(|| Value::int(5))),
        ("SECONDS_PER_DAY", Member::Constant(|| Value::int(86_400))),
        ("SECONDS_PER_HOUR", Member::Constant(|| Value::int(3_600))),
        ("SECONDS_PER_MINUTE", Member::Constant(|| Value::int(60))),
        ("SUNDAY", Member::Constant(|| Value::int(6))),
        ("THURSDAY", Member::Constant(|| Value::int(3))),
        ("TUESDAY", Member::Constant(|| Value::int(1))),
        ("Time", Member::Class(&super::datetime::time::TIME)),
        ("Timezone", Member::Class(&zone::TIMEZONE)),
        ("UTC", Member::Constant(|| Value::object(zone::utc()))),
        ("WEDNESDAY", Member::Constant(|| Value::int(2))),
        ("date", Member::Class(&date::DATE)),
        ("datetime", Member::Function(Native::new("datetime", create::datetime))),
        ("duration", Member::Function(Native::new("duration", duration::duration))),
        ("from_format", Member::Function(Native::new("from_format", parse::from_format))),
        ("from_timestamp", Member::Function(Native::new("from_timestamp", from_timestamp))),
        ("instance", Member::Function(Native::new("instance", instance))),
        ("local", Member::Function(Native::new("local", create::local))),
        (
            "local_timezone",
            Member::Function(Native::new("local_timezone", |_, _| Ok(Value::object(zone::utc())))),
        ),
        ("naive", Member::Function(Native::new("naive", create::naive))),
        (
            "now",
            Member::Function(Native::new("now", |vm, mut args| {
                let zone = zone_arg(vm, &mut args)?;
                done(vm, args)?;
                now_in(vm, zone).map(Value::object)
            })),
        ),
        ("parse", Member::Function(Native::new("parse", parse::parse))),
        ("time", Member::Class(&super::datetime::time::TIME)),
        ("timezone", Member::Function(zone::OF_NAME)),
        ("today", Member::Function(Native::new("today", |vm, args| day(vm, args, 0)))),
        ("tomorrow", Member::Function(Native::new("tomorrow", |vm, args| day(vm, args, 1)))),
        ("yesterday", Member::Function(Native::new("yesterday", |vm, args| day(vm, args, -1)))),
    ],
};

/// The rows of `pendulum.tz`.
pub static PENDULUM_TZ: ModuleTable = ModuleTable { name: "pendulum.tz", members: TZ };

/// The rows of `pendulum.tz.timezone`.
pub static PENDULUM_TZ_TIMEZONE: ModuleTable = ModuleTable { name: "pendulum.tz.timezone", members: TZ };

const TZ: &[(&str, Member)] = &[
    ("FixedTimezone", Member::Class(&zone::FIXED)),
    ("Timezone", Member::Class(&zone::TIMEZONE)),
    ("UTC", Member::Constant(|| Value::object(zone::utc()))),
    ("fixed_timezone", Member::Class(&zone::FIXED)),
    (
        "local_timezone",
        Member::Function(Native::new("local_timezone", |_, _| Ok(Value::object(zone::utc())))),
    ),
    ("timezone", Member::Function(zone::OF_NAME)),
];

/// The rows of `pendulum.tz.exceptions`.
pub static PENDULUM_EXCEPTIONS: ModuleTable = ModuleTable {
    name: "pendulum.tz.exceptions",
    members: &[("InvalidTimezone", Member::Class(&zone::INVALID_TIMEZONE))],
};

/// `pendulum.DateTime`.
pub static DATE_TIME: Type = Type {
    base: Some(&DATETIME),
    methods: methods::METHODS,
    statics: &[
        Native::new("now", |vm, mut args| {
            let zone = zone_arg(vm, &mut args)?;
            done(vm, args)?;
            now_in(vm, zone).map(Value::object)
        }),
        Native::new("utcnow", |vm, args| {
            done(vm, args)?;
            now_in(vm, zone::utc()).map(Value::object)
        }),
        Native::new("today", |vm, args| {
            done(vm, args)?;
            now_in(vm, zone::utc()).map(Value::object)
        }),
        Native::new("create", create::datetime),
        Native::new("instance", instance),
        Native::new("strptime", |vm, args| {
            let plain = plain_static(vm, "strptime", args)?;
            of_instance(vm, &plain, None).map(Value::object)
        }),
        Native::new("fromtimestamp", from_timestamp),
        Native::new("utcfromtimestamp", |vm, _| unmodelled(vm, "utcfromtimestamp")),
        Native::new("fromisoformat", |vm, _| unmodelled(vm, "fromisoformat")),
        Native::new("combine", |vm, _| unmodelled(vm, "combine")),
        Native::new("fromordinal", |vm, _| unmodelled(vm, "fromordinal")),
    ],
    constants: &[("EPOCH", || {
        Value::object(create::moment(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0), Some(zone::utc()), false))
    })],
    ..Type::new("pendulum", "DateTime", |vm, args| {
        let plain = vm.call(&Value::Type(&DATETIME), args)?.known()?;
        match plain.downcast::<Moment>() {
            Some(moment) => Ok(Value::object(Moment { class: &DATE_TIME, ..(*moment).clone() })),
            None => Ok(plain),
        }
    })
};

fn unmodelled(vm: &mut Vm, name: &str) -> Eval<Value> {
    not_modelled(vm, format!("`pendulum.DateTime.{name}` is not modelled"))
}

/// What the class method of the same name of `datetime` gives.
fn plain_static(vm: &mut Vm, name: &str, args: Args) -> Eval<Rc<Moment>> {
    let Some(native) = STATICS.iter().find(|native| native.name == name) else {
        return not_modelled(vm, format!("`pendulum.DateTime.{name}` is not modelled"));
    };
    match vm.call(&Value::Native(native), args)?.known()?.downcast::<Moment>() {
        Some(moment) => Ok(moment),
        None => not_modelled(vm, format!("`pendulum.DateTime.{name}` is not modelled")),
    }
}

fn zone_arg(vm: &Vm, args: &mut Args) -> Eval<ZoneObject> {
    zone::safe(vm, &args.take("tz").unwrap_or_default())
}

fn now_in(vm: &mut Vm, zone: ZoneObject) -> Eval<Moment> {
    let instant = now(vm);
    at(instant, Some(zone), &DATE_TIME)
}

/// Today at midnight, moved by days.
fn day(vm: &mut Vm, mut args: Args, days: i64) -> Eval<Value> {
    let zone = zone_arg(vm, &mut args)?;
    done(vm, args)?;
    let today = now_in(vm, zone)?;
    let midnight = create::set(&today, today.civil.date().at(0, 0, 0, 0))?;
    let shift = shift::Shift { days, ..shift::Shift::default() };
    if days == 0 { Ok(Value::object(midnight)) } else { shift.apply(vm, &midnight).map(Value::object) }
}

fn from_timestamp(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let stamp = args.expect("timestamp")?;
    let zone = args.take("tz").map_or(Ok(zone::utc()), |zone| zone::safe(vm, &zone))?;
    done(vm, args)?;
    let stamp = super::datetime::moment::instant_of(stamp)?;
    at(stamp, Some(zone), &DATE_TIME).map(Value::object)
}

/// `pendulum.instance(obj, tz=UTC)`.
fn instance(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.expect("obj")?;
    let zone = args.take("tz");
    done(vm, args)?;
    if let Some(date) = value.downcast::<Date>() {
        return Ok(Value::object(Date { class: &date::DATE, ..*date }));
    }
    if value.downcast::<Time>().is_some() {
        return Ok(value);
    }
    match value.downcast::<Moment>() {
        Some(moment) if moment.class.module == "pendulum" => Ok(value),
        Some(moment) => of_instance(vm, &moment, zone).map(Value::object),
        None => Err(Stop::raise(
            &crate::value::exception::ATTRIBUTE_ERROR,
            format!("'{}' object has no attribute 'tzinfo'", value.type_name()),
        )),
    }
}

fn of_instance(vm: &mut Vm, moment: &Moment, zone: Option<Value>) -> Eval<Moment> {
    let zone = match (&moment.zone, zone) {
        (Some(own), _) if own.class.module == "pytz" => {
            return match &own.zone {
                Zone::Utc => create::create(moment.civil, Some(zone::utc()), moment.fold),
                _ => not_modelled(vm, "an instance of a datetime with a pytz zone is not modelled"),
            };
        }
        (Some(own), _) => Some(zone::safe(vm, &Value::object(own.clone()))?),
        (None, Some(Value::None)) => None,
        (None, Some(zone)) => Some(zone::safe(vm, &zone)?),
        (None, None) => Some(zone::utc()),
    };
    create::create(moment.civil, zone, moment.fold)
}

/// Whether a value names the only locale that is modelled.
fn is_english(locale: Option<&Value>) -> bool {
    locale.is_none_or(|locale| locale.is_none() || as_text(locale).as_deref() == Some("en"))
}
