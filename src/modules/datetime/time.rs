//! `time`.

use std::rc::Rc;

use jiff::civil;
use ruff_python_ast::CmpOp;

use super::date::ordered;
use super::moment::attached_zone;
use super::zone::{ZoneObject, show_offset};
use super::{Moment, int_arg, strftime, text_arg, wrong_receiver};
use crate::datum::{CauseKind, Datum, Zone};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// A `time`.
#[derive(Debug, Clone)]
pub struct Time {
    /// The time of day.
    pub time: civil::Time,
    /// Its zone, where it has one.
    pub zone: Option<ZoneObject>,
}

/// The class.
pub static TIME: Type = Type {
    methods: &[
        Native::new("isoformat", |_, mut args| {
            let time = this(&mut args)?;
            let timespec = text_arg(&mut args, "timespec")?.unwrap_or_else(|| "auto".into());
            args.finish()?;
            time.iso(&timespec).map(Value::from)
        }),
        Native::new("strftime", |vm, mut args| {
            let time = this(&mut args)?;
            let format = text_arg(&mut args, "format")?.unwrap_or_default();
            args.finish()?;
            strftime::strftime(vm, &time.moment(), &format).map(Value::Str)
        }),
        Native::new("replace", |vm, mut args| {
            let time = this(&mut args)?;
            let mut part = |name: &str, now: i64| int_arg(&mut args, name).map(|part| part.unwrap_or(now));
            let hour = part("hour", time.time.hour().into())?;
            let minute = part("minute", time.time.minute().into())?;
            let second = part("second", time.time.second().into())?;
            let microsecond = part("microsecond", i64::from(time.time.subsec_nanosecond() / 1_000))?;
            let zone = match args.take("tzinfo") {
                Some(zone) => attached_zone(vm, &zone)?,
                None => time.zone.clone(),
            };
            drop(args.named("fold"));
            args.finish()?;
            Ok(Value::object(Time { time: checked(hour, minute, second, microsecond)?, zone }))
        }),
    ],
    statics: &[Native::new("fromisoformat", |_, mut args| {
        let text = text_arg(&mut args, "time_string")?.unwrap_or_default();
        args.finish()?;
        match super::strptime::iso_time(&text) {
            Some(time) => Ok(Value::object(Time { time, zone: None })),
            None => Err(Stop::value_error(format!("Invalid isoformat string: '{text}'"))),
        }
    })],
    constants: &[
        ("min", || Value::object(Time { time: civil::time(0, 0, 0, 0), zone: None })),
        ("max", || Value::object(Time { time: civil::time(23, 59, 59, 999_999_000), zone: None })),
    ],
    ..Type::new("datetime", "time", |vm, mut args| {
        let time = clock(&mut args)?;
        let zone = args.take("tzinfo").unwrap_or_default();
        let _fold = int_arg(&mut args, "fold")?;
        args.finish()?;
        Ok(Value::object(Time { time, zone: attached_zone(vm, &zone)? }))
    })
};

fn this(args: &mut Args) -> Eval<Rc<Time>> {
    args.expect("self")?.downcast::<Time>().ok_or_else(|| wrong_receiver(&TIME))
}

/// The arguments `hour`, `minute`, `second`, `microsecond`.
pub(crate) fn clock(args: &mut Args) -> Eval<civil::Time> {
    let mut part = |name: &str| int_arg(args, name).map(|part| part.unwrap_or(0));
    let (hour, minute, second, microsecond) =
        (part("hour")?, part("minute")?, part("second")?, part("microsecond")?);
    checked(hour, minute, second, microsecond)
}

/// A time of these parts, or the `ValueError` that CPython raises.
pub fn checked(hour: i64, minute: i64, second: i64, microsecond: i64) -> Eval<civil::Time> {
    let limits = [
        (hour, 23, "hour"),
        (minute, 59, "minute"),
        (second, 59, "second"),
        (microsecond, 999_999, "microsecond"),
    ];
    for (value, most, name) in limits {
        if !(0..=most).contains(&value) {
            return Err(Stop::value_error(format!("{name} must be in 0..{most}")));
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "the ranges are checked above")]
    Ok(civil::time(hour as i8, minute as i8, second as i8, microsecond as i32 * 1_000))
}

/// `isoformat(timespec)` without the zone.
pub(super) fn show(time: civil::Time, timespec: &str) -> Eval<String> {
    let micros = time.subsec_nanosecond() / 1_000;
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Ok(match timespec {
        "auto" if micros == 0 => format!("{hour:02}:{minute:02}:{second:02}"),
        "auto" | "microseconds" => format!("{hour:02}:{minute:02}:{second:02}.{micros:06}"),
        "hours" => format!("{hour:02}"),
        "minutes" => format!("{hour:02}:{minute:02}"),
        "seconds" => format!("{hour:02}:{minute:02}:{second:02}"),
        "milliseconds" => format!("{hour:02}:{minute:02}:{second:02}.{:03}", micros / 1_000),
        _ => return Err(Stop::value_error("Unknown timespec value")),
    })
}

impl Time {
    /// On the day that `strftime` takes.
    fn moment(&self) -> Moment {
        Moment { zone: self.zone.clone(), ..Moment::naive(civil::date(1900, 1, 1).to_datetime(self.time)) }
    }

    /// A named zone has no offset without a date.
    fn is_naive(&self) -> bool {
        matches!(self.zone.as_ref().map(|zone| &zone.zone), None | Some(Zone::Named(_)))
    }

    /// What equal times have in common: the nanoseconds since midnight in UTC.
    fn key(&self) -> Option<i64> {
        let offset = match self.zone.as_ref().map(|zone| &zone.zone) {
            Some(Zone::Fixed(seconds)) => i64::from(*seconds),
            None | Some(Zone::Utc | Zone::Named(_)) => 0,
        };
        let clock = self.time.duration_since(civil::Time::midnight()).as_nanos();
        i64::try_from(clock).ok().map(|clock| clock - offset * 1_000_000_000)
    }

    fn iso(&self, timespec: &str) -> Eval<String> {
        let text = show(self.time, timespec)?;
        Ok(match self.zone.as_ref().map(|zone| &zone.zone) {
            None | Some(Zone::Named(_)) => text,
            Some(Zone::Utc) => text + "+00:00",
            Some(Zone::Fixed(seconds)) => text + &show_offset(*seconds, ":"),
        })
    }
}

impl Object for Time {
    fn class(&self) -> Option<&'static Type> {
        Some(&TIME)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "hour" => Some(Value::int(self.time.hour())),
            "minute" => Some(Value::int(self.time.minute())),
            "second" => Some(Value::int(self.time.second())),
            "microsecond" => Some(Value::int(self.time.subsec_nanosecond() / 1_000)),
            "tzinfo" => Some(self.zone.clone().map_or(Value::None, Value::object)),
            _ => None,
        })
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Time>() else { return Ok(None) };
        match (self.key(), other.key()) {
            (Some(a), Some(b)) if self.is_naive() == other.is_naive() => Ok(ordered(op, a.cmp(&b))),
            _ => Err(Stop::type_error("can't compare offset-naive and offset-aware times")),
        }
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(
            other
                .downcast::<Time>()
                .is_some_and(|other| self.is_naive() == other.is_naive() && self.key() == other.key()),
        ))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("time {} {:?}", self.is_naive(), self.key()))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        self.iso("auto").map(Into::into)
    }

    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        if spec.is_empty() {
            return self.str(vm);
        }
        strftime::strftime(vm, &self.moment(), spec)
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let micros = self.time.subsec_nanosecond() / 1_000;
        let mut text = format!("datetime.time({}, {}", self.time.hour(), self.time.minute());
        if self.time.second() != 0 || micros != 0 {
            text += &format!(", {}", self.time.second());
        }
        if micros != 0 {
            text += &format!(", {micros}");
        }
        if let Some(zone) = &self.zone {
            text += &format!(", tzinfo={}", vm.repr(&Value::object(zone.clone()))?);
        }
        Ok((text + ")").into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        if self.zone.is_some() {
            return Datum::Unknown(
                collector.cause(CauseKind::Unsupported, "a `time` with a zone has no form in a definition"),
            );
        }
        Datum::Time(self.time)
    }
}
