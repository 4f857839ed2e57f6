//! `pytz`: `timezone`, `utc`, `UTC`, `FixedOffset`, with `localize` and `normalize`.
//!
//! A zone of pytz that is handed to `datetime(tzinfo=…)` stands for the local mean time of long ago, which is not modelled.

use super::datetime::zone::{Known, METHODS as ZONE_METHODS, TZINFO, known};
use super::datetime::{Moment, ZoneObject};
use super::support::{exception_class, need_text, not_modelled, receiver};
use super::{Member, ModuleTable};
use crate::datum::Zone;
use crate::eval::Vm;
use crate::value::exception::KEY_ERROR;
use crate::value::{Args, Eval, Native, Stop, Type, Value};

/// The rows of the module.
pub static PYTZ: ModuleTable = ModuleTable {
    name: "pytz",
    members: &[
        (
            "FixedOffset",
            Member::Function(Native::new("FixedOffset", |_, mut args| {
                let minutes = super::datetime::need_int(&mut args, "minutes")?;
                args.finish()?;
                match i32::try_from(minutes) {
                    Ok(0) => Ok(Value::object(utc())),
                    Ok(minutes) if minutes.abs() < 1_440 => Ok(Value::object(ZoneObject {
                        zone: Zone::Fixed(minutes * 60),
                        class: &FIXED_OFFSET,
                        label: None,
                    })),
                    _ => Err(Stop::value_error("absolute offset is too large")),
                }
            })),
        ),
        ("UTC", Member::Constant(|| Value::object(utc()))),
        ("UnknownTimeZoneError", Member::Class(&UNKNOWN_TIME_ZONE)),
        (
            "timezone",
            Member::Function(Native::new("timezone", |vm, mut args| {
                let name = need_text(&mut args, "zone")?;
                args.finish()?;
                if name.eq_ignore_ascii_case("utc") {
                    return Ok(Value::object(utc()));
                }
                match known(&name) {
                    Known::Zone(zone) => {
                        Ok(Value::object(ZoneObject { zone, class: &DST_TZ_INFO, label: None }))
                    }
                    Known::OtherCase => {
                        not_modelled(vm, format!("the time zone `{name}` is written in another case"))
                    }
                    Known::Nothing => Err(Stop::raise(&UNKNOWN_TIME_ZONE, name)),
                }
            })),
        ),
        ("utc", Member::Constant(|| Value::object(utc()))),
    ],
};

macro_rules! zones {
    ($($constant:ident $name:literal;)+) => {
        $(static $constant: Type = Type {
            base: Some(&TZ),
            ..Type::new("pytz", $name, |vm, _| not_modelled(vm, "a zone of pytz is not made this way"))
        };)+
    };
}

zones! {
    DST_TZ_INFO "DstTzInfo";
    FIXED_OFFSET "_FixedOffset";
    UTC "UTC";
}

static TZ: Type = Type {
    base: Some(&ZONES),
    methods: &[
        Native::new("localize", localize),
        Native::new("normalize", |_, mut args| {
            let zone = receiver::<ZoneObject>(&mut args, &TZ)?;
            let moment = args.expect("dt")?.known()?;
            let Some(moment) = moment.downcast::<Moment>().filter(|moment| moment.zone.is_some()) else {
                return Err(Stop::value_error("Naive time - no tzinfo set"));
            };
            super::datetime::moment::at(moment.instant()?, Some((*zone).clone()), moment.class)
                .map(Value::object)
        }),
    ],
    ..Type::new("pytz", "tzinfo", |vm, _| not_modelled(vm, "a zone of pytz is not made this way"))
};

static ZONES: Type = Type {
    base: Some(&TZINFO),
    methods: ZONE_METHODS,
    ..Type::new("pytz", "BaseTzInfo", |vm, _| not_modelled(vm, "a zone of pytz is not made this way"))
};

exception_class! {
    /// `pytz.UnknownTimeZoneError`.
    pub UNKNOWN_TIME_ZONE, "pytz", "UnknownTimeZoneError", &KEY_ERROR
}

fn utc() -> ZoneObject {
    ZoneObject { zone: Zone::Utc, class: &UTC, label: None }
}

fn localize(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let zone = receiver::<ZoneObject>(&mut args, &TZ)?;
    let moment = args.expect("dt")?.known()?;
    let is_dst = args.take("is_dst");
    args.finish()?;
    let Some(moment) = moment.downcast::<Moment>() else {
        return Err(Stop::type_error("localize() takes a datetime"));
    };
    if moment.zone.is_some() {
        return Err(Stop::value_error("Not naive datetime (tzinfo is already set)"));
    }
    let rules = super::datetime::zone::rules(&zone.zone)?;
    if is_dst.is_some() || rules.to_ambiguous_timestamp(moment.civil).is_ambiguous() {
        return not_modelled(vm, "localizing a time at a change of clocks is not modelled");
    }
    Ok(Value::object(Moment { zone: Some((*zone).clone()), fold: false, ..(*moment).clone() }))
}
