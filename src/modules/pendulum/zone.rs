//! pendulum's time zones, and the zones that its functions take: names, hours, other libraries' zones.

use crate::datum::Zone;
use crate::eval::Vm;
use crate::modules::datetime::ZoneObject;
use crate::modules::datetime::zone::{Known, METHODS, TZINFO, known};
use crate::modules::support::{as_text, done, exception_class, not_modelled};
use crate::value::exception::VALUE_ERROR;
use crate::value::{Eval, Native, Stop, Type, Value};

/// `pendulum.Timezone`.
pub static TIMEZONE: Type = Type {
    base: Some(&TZINFO),
    methods: METHODS,
    ..Type::new("pendulum", "Timezone", |vm, mut args| {
        let name = args.expect("key")?;
        done(vm, args)?;
        let name = crate::modules::support::text(&name)?;
        named(vm, &name).map(Value::object)
    })
};

/// `pendulum.FixedTimezone`.
pub static FIXED: Type = Type {
    base: Some(&TZINFO),
    methods: METHODS,
    ..Type::new("pendulum", "FixedTimezone", |vm, mut args| {
        let offset = crate::modules::datetime::need_int(&mut args, "offset")?;
        done(vm, args)?;
        fixed(offset).map(Value::object)
    })
};

exception_class! {
    /// `pendulum.tz.exceptions.InvalidTimezone`, with the base between left out.
    pub INVALID_TIMEZONE, "pendulum.tz.exceptions", "InvalidTimezone", &VALUE_ERROR
}

/// `pendulum.timezone(name)`.
pub(super) const OF_NAME: Native = Native::new("timezone", |vm, mut args| {
    let name = args.expect("name")?;
    done(vm, args)?;
    match (as_text(&name), &name) {
        (Some(name), _) => named(vm, &name).map(Value::object),
        (None, _) => fixed(crate::modules::datetime::int(name)?).map(Value::object),
    }
});

/// `pendulum.UTC`.
pub(crate) fn utc() -> ZoneObject {
    ZoneObject { zone: Zone::Utc, class: &TIMEZONE, label: None }
}

fn named(vm: &Vm, name: &str) -> Eval<ZoneObject> {
    if name.eq_ignore_ascii_case("utc") {
        return Ok(utc());
    }
    match known(name) {
        Known::Zone(zone) => Ok(ZoneObject { zone, class: &TIMEZONE, label: None }),
        Known::OtherCase => not_modelled(vm, format!("the time zone `{name}` is written in another case")),
        Known::Nothing => Err(Stop::raise(&INVALID_TIMEZONE, name)),
    }
}

/// A fixed offset in seconds.
fn fixed(seconds: i64) -> Eval<ZoneObject> {
    match i32::try_from(seconds) {
        Ok(seconds) if seconds.abs() < 86_400 => {
            Ok(ZoneObject { zone: Zone::Fixed(seconds), class: &FIXED, label: None })
        }
        _ => Err(Stop::value_error("offset out of range")),
    }
}

/// What pendulum makes of a `tz` argument. The local zone is taken to be UTC, as on Airflow's images.
///
/// Source: `_safe_timezone` of pendulum 3.
pub(super) fn safe(vm: &Vm, value: &Value) -> Eval<ZoneObject> {
    if let Some(name) = as_text(value) {
        return if &*name == "local" { Ok(utc()) } else { named(vm, &name) };
    }
    match value {
        Value::None => Ok(utc()),
        Value::Int(_) | Value::Bool(_) => {
            fixed(crate::modules::datetime::int(value.clone())?.saturating_mul(3_600))
        }
        #[expect(clippy::cast_possible_truncation, reason = "an offset out of range is an error behind it")]
        Value::Float(hours) => fixed((hours * 3_600.0) as i64),
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        other => match other.downcast::<ZoneObject>() {
            Some(zone) => match &zone.zone {
                Zone::Utc => Ok(utc()),
                Zone::Named(name) => named(vm, name),
                Zone::Fixed(seconds) => fixed(i64::from(*seconds)),
            },
            None => not_modelled(vm, format!("the time zone `{}` is not modelled", other.type_name())),
        },
    }
}
