//! `zoneinfo`: `ZoneInfo` by name.

use super::datetime::ZoneObject;
use super::datetime::zone::{Known, METHODS, TZINFO, known};
use super::support::{exception_class, need_text, not_modelled, outside};
use super::{Member, ModuleTable};
use crate::value::exception::KEY_ERROR;
use crate::value::{Native, Stop, Type, Value};

/// The rows of the module.
pub static ZONEINFO: ModuleTable = ModuleTable {
    name: "zoneinfo",
    members: &[
        ("ZoneInfo", Member::Class(&ZONE_INFO)),
        ("ZoneInfoNotFoundError", Member::Class(&ZONE_INFO_NOT_FOUND)),
        (
            "available_timezones",
            Member::Function(Native::new("available_timezones", |vm, _| {
                outside(vm, "the time zones of the machine are not known before Airflow runs")
            })),
        ),
    ],
};

/// `zoneinfo.ZoneInfo`.
pub static ZONE_INFO: Type = Type {
    base: Some(&TZINFO),
    methods: METHODS,
    ..Type::new("zoneinfo", "ZoneInfo", |vm, mut args| {
        let key = need_text(&mut args, "key")?;
        args.finish()?;
        match known(&key) {
            Known::Zone(zone) => Ok(Value::object(ZoneObject { zone, class: &ZONE_INFO, label: None })),
            Known::OtherCase => not_modelled(vm, format!("the time zone `{key}` is written in another case")),
            Known::Nothing => {
                Err(Stop::raise(&ZONE_INFO_NOT_FOUND, format!("No time zone found with key {key}")))
            }
        }
    })
};

exception_class! {
    /// `zoneinfo.ZoneInfoNotFoundError`.
    pub ZONE_INFO_NOT_FOUND, "zoneinfo", "ZoneInfoNotFoundError", &KEY_ERROR
}
