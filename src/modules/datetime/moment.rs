//! `datetime`, and what `pendulum.DateTime` shares with it.

use std::rc::Rc;

use jiff::civil;
use jiff::tz::TimeZone;
use ruff_python_ast::{CmpOp, Operator};

use super::date::{Date, checked, ordered};
use super::delta::{Delta, delta_of};
use super::time::{Time, clock};
use super::zone::{TIMEZONE, ZoneObject, offset, rules, show_offset, zone_of};
use super::{int_arg, need_int, now, strftime, strptime, text_arg, wrong_receiver};
use crate::datum::{self, CauseKind, Datum, Zone};
use crate::eval::{Collector, Vm};
use crate::value::exception::OVERFLOW_ERROR;
use crate::value::{Args, Eval, Native, Object, Operation, Stop, Type, Value};

/// A `datetime`.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The wall-clock time.
    pub civil: civil::DateTime,
    /// Its zone, with the class that made it; `None` for a naive one.
    pub zone: Option<ZoneObject>,
    /// `fold`: the second of two equal wall-clock times.
    pub fold: bool,
    /// Its class: `datetime.datetime`, `pendulum.DateTime`.
    pub class: &'static Type,
}

/// The class.
pub static DATETIME: Type = Type {
    base: Some(&super::date::DATE),
    methods: METHODS,
    statics: STATICS,
    constants: &[
        ("min", || Value::object(Moment::naive(civil::date(1, 1, 1).at(0, 0, 0, 0)))),
        ("max", || Value::object(Moment::naive(civil::date(9999, 12, 31).at(23, 59, 59, 999_999_000)))),
    ],
    ..Type::new("datetime", "datetime", |vm, mut args| {
        let (year, month, day) =
            (need_int(&mut args, "year")?, need_int(&mut args, "month")?, need_int(&mut args, "day")?);
        let time = clock(&mut args)?;
        let zone = args.take("tzinfo").unwrap_or_default();
        let fold = int_arg(&mut args, "fold")?.unwrap_or(0) != 0;
        args.finish()?;
        let civil = checked(year, month, day)?.to_datetime(time);
        Ok(Value::object(Moment { civil, zone: attached_zone(vm, &zone)?, fold, class: &DATETIME }))
    })
};

/// The class methods.
pub(crate) static STATICS: &[Native] = &[
    Native::new("now", |vm, mut args| {
        let zone = args.take("tz").unwrap_or_default();
        args.finish()?;
        let zone = zone_object(vm, &zone)?;
        let instant = now(vm);
        at(instant, zone, &DATETIME).map(Value::object)
    }),
    Native::new("utcnow", |vm, args| {
        args.finish()?;
        let instant = now(vm);
        at(instant, None, &DATETIME).map(Value::object)
    }),
    Native::new("today", |vm, args| {
        args.finish()?;
        let instant = now(vm);
        at(instant, None, &DATETIME).map(Value::object)
    }),
    Native::new("fromtimestamp", |vm, mut args| {
        let instant = timestamp_arg(&mut args)?;
        let zone = args.take("tz").unwrap_or_default();
        args.finish()?;
        at(instant, zone_object(vm, &zone)?, &DATETIME).map(Value::object)
    }),
    Native::new("utcfromtimestamp", |_, mut args| {
        let instant = timestamp_arg(&mut args)?;
        args.finish()?;
        at(instant, None, &DATETIME).map(Value::object)
    }),
    Native::new("fromordinal", |_, mut args| {
        let ordinal = need_int(&mut args, "ordinal")?;
        args.finish()?;
        let date = super::date::from_ordinal(ordinal)?;
        Ok(Value::object(Moment::naive(date.at(0, 0, 0, 0))))
    }),
    Native::new("fromisoformat", |_, mut args| {
        let text = text_arg(&mut args, "date_string")?.unwrap_or_default();
        args.finish()?;
        strptime::iso_datetime(&text)
            .map(Value::object)
            .ok_or_else(|| Stop::value_error(format!("Invalid isoformat string: '{text}'")))
    }),
    Native::new("strptime", |vm, mut args| {
        let text = text_arg(&mut args, "date_string")?.unwrap_or_default();
        let format = text_arg(&mut args, "format")?.unwrap_or_default();
        args.finish()?;
        strptime::strptime(vm, &text, &format).map(Value::object)
    }),
    Native::new("combine", |vm, mut args| {
        let date = args.expect("date")?.known()?;
        let time = args.expect("time")?.known()?;
        let zone = args.take("tzinfo");
        args.finish()?;
        let date = match (date.downcast::<Date>(), date.downcast::<Moment>()) {
            (Some(date), _) => date.day,
            (None, Some(moment)) => moment.civil.date(),
            (None, None) => {
                return Err(Stop::type_error(format!(
                    "combine() argument 1 must be datetime.date, not {}",
                    date.type_name()
                )));
            }
        };
        let Some(time) = time.downcast::<Time>() else {
            return Err(Stop::type_error(format!(
                "combine() argument 2 must be datetime.time, not {}",
                time.type_name()
            )));
        };
        let zone = match zone {
            Some(zone) => attached_zone(vm, &zone)?,
            None => time.zone.clone(),
        };
        Ok(Value::object(Moment { civil: date.to_datetime(time.time), zone, fold: false, class: &DATETIME }))
    }),
];

static METHODS: &[Native] = &[
    Native::new("date", |_, mut args| Ok(Value::object(Date::plain(this(&mut args)?.civil.date())))),
    Native::new("time", |_, mut args| {
        Ok(Value::object(Time { time: this(&mut args)?.civil.time(), zone: None }))
    }),
    Native::new("timetz", |_, mut args| {
        let moment = this(&mut args)?;
        Ok(Value::object(Time { time: moment.civil.time(), zone: moment.zone.clone() }))
    }),
    Native::new("isoformat", |_, mut args| {
        let moment = this(&mut args)?;
        let separator = text_arg(&mut args, "sep")?.unwrap_or_else(|| "T".into());
        let timespec = text_arg(&mut args, "timespec")?.unwrap_or_else(|| "auto".into());
        args.finish()?;
        moment.iso(&separator, &timespec).map(Value::from)
    }),
    Native::new("strftime", |vm, mut args| {
        let moment = this(&mut args)?;
        let format = text_arg(&mut args, "format")?.unwrap_or_default();
        args.finish()?;
        strftime::strftime(vm, &moment, &format).map(Value::Str)
    }),
    Native::new("timestamp", |_, mut args| {
        let moment = this(&mut args)?;
        args.finish()?;
        #[expect(clippy::cast_precision_loss, reason = "CPython divides the same number")]
        let microseconds = moment.instant()?.as_microsecond() as f64;
        Ok(Value::Float(microseconds / 1e6))
    }),
    Native::new("utcoffset", |_, mut args| {
        let moment = this(&mut args)?;
        Ok(match moment.offset()? {
            Some(seconds) => Value::object(Delta::seconds(i64::from(seconds))),
            None => Value::None,
        })
    }),
    Native::new("tzname", |vm, mut args| {
        let moment = this(&mut args)?;
        match &moment.zone {
            None => Ok(Value::None),
            Some(_) => strftime::strftime(vm, &moment, "%Z").map(Value::Str),
        }
    }),
    Native::new("astimezone", |vm, mut args| {
        let moment = this(&mut args)?;
        let zone = args.take("tz").unwrap_or_default();
        args.finish()?;
        let zone =
            zone_object(vm, &zone)?.unwrap_or(ZoneObject { zone: Zone::Utc, class: &TIMEZONE, label: None });
        at(moment.instant()?, Some(zone), moment.class).map(Value::object)
    }),
    Native::new("replace", |vm, mut args| {
        let moment = this(&mut args)?;
        let civil = moment.civil;
        let mut part = |name: &str, now: i64| int_arg(&mut args, name).map(|part| part.unwrap_or(now));
        let (year, month, day) = (
            part("year", civil.year().into())?,
            part("month", civil.month().into())?,
            part("day", civil.day().into())?,
        );
        let (hour, minute) = (part("hour", civil.hour().into())?, part("minute", civil.minute().into())?);
        let second = part("second", civil.second().into())?;
        let microsecond = part("microsecond", i64::from(civil.subsec_nanosecond() / 1_000))?;
        let zone = match args.take("tzinfo").or_else(|| args.named("tz")) {
            Some(zone) => attached_zone(vm, &zone)?,
            None => moment.zone.clone(),
        };
        let fold = int_arg(&mut args, "fold")?.map_or(moment.fold, |fold| fold != 0);
        args.finish()?;
        let time = super::time::checked(hour, minute, second, microsecond)?;
        let civil = checked(year, month, day)?.to_datetime(time);
        Ok(Value::object(Moment { civil, zone, fold, class: moment.class }))
    }),
];

fn this(args: &mut Args) -> Eval<Rc<Moment>> {
    args.expect("self")?.downcast::<Moment>().ok_or_else(|| wrong_receiver(&DATETIME))
}

/// A zone that is put to a wall-clock time. A named one of pytz stands for the local mean time of long ago there.
pub(crate) fn attached_zone(vm: &Vm, value: &Value) -> Eval<Option<ZoneObject>> {
    let zone = zone_object(vm, value)?;
    if zone.as_ref().is_some_and(ZoneObject::is_pytz) {
        let message =
            "a zone of pytz as `tzinfo` stands for local mean time; use its `localize`, or `zoneinfo`";
        return vm.unknown(CauseKind::NotModelled, message);
    }
    Ok(zone)
}

/// The zone in a value, with its class.
pub(crate) fn zone_object(vm: &Vm, value: &Value) -> Eval<Option<ZoneObject>> {
    if !matches!(value, Value::None | Value::Object(_) | Value::Instance(_) | Value::Unknown(_)) {
        return Err(Stop::type_error(format!(
            "tzinfo argument must be None or of a tzinfo subclass, not type '{}'",
            value.type_name()
        )));
    }
    match value.downcast::<ZoneObject>() {
        Some(zone) => Ok(Some((*zone).clone())),
        None => Ok(zone_of(vm, value)?.map(|zone| ZoneObject { zone, class: &TIMEZONE, label: None })),
    }
}

fn timestamp_arg(args: &mut Args) -> Eval<jiff::Timestamp> {
    instant_of(args.expect("timestamp")?)
}

/// The instant of a POSIX time stamp.
pub(crate) fn instant_of(stamp: Value) -> Eval<jiff::Timestamp> {
    let seconds = match stamp.known()? {
        Value::Float(seconds) => seconds,
        #[expect(clippy::cast_precision_loss, reason = "a time stamp of interest has fewer than 53 bits")]
        value => super::int(value)? as f64,
    };
    #[expect(clippy::cast_possible_truncation, reason = "out of range ends in an error")]
    let microseconds = (seconds * 1e6).round_ties_even() as i64;
    jiff::Timestamp::from_microsecond(microseconds).map_err(|_| Stop::value_error("year is out of range"))
}

/// The moment of an instant in a zone; naive in UTC where there is none.
pub(crate) fn at(instant: jiff::Timestamp, zone: Option<ZoneObject>, class: &'static Type) -> Eval<Moment> {
    let rules = match &zone {
        Some(zone) => rules(&zone.zone)?,
        None => TimeZone::UTC,
    };
    let civil = rules.to_datetime(instant);
    let micros = civil.subsec_nanosecond() / 1_000 * 1_000;
    let civil = civil.with().subsec_nanosecond(micros).build().unwrap_or(civil);
    let fold = match (&zone, rules.to_ambiguous_timestamp(civil).offset()) {
        (Some(_), jiff::tz::AmbiguousOffset::Fold { after, .. }) => rules.to_offset(instant) == after,
        _ => false,
    };
    Ok(Moment { civil, zone, fold, class })
}

impl Moment {
    /// A naive one.
    pub fn naive(civil: civil::DateTime) -> Self {
        Self { civil, zone: None, fold: false, class: &DATETIME }
    }

    /// Its offset from UTC in seconds; `None` where it is naive.
    pub fn offset(&self) -> Eval<Option<i32>> {
        self.zone.as_ref().map(|zone| offset(&zone.zone, self.civil, self.fold)).transpose()
    }

    /// Its instant; a naive one is taken to be in UTC, the local zone of Airflow's images.
    pub fn instant(&self) -> Eval<jiff::Timestamp> {
        let seconds = self.offset()?.unwrap_or(0);
        let utc = TimeZone::UTC.to_timestamp(self.civil);
        utc.and_then(|instant| instant.checked_sub(jiff::SignedDuration::from_secs(i64::from(seconds))))
            .map_err(|_| Stop::raise(&OVERFLOW_ERROR, "date value out of range"))
    }

    /// Its wall-clock time moved by so many microseconds.
    pub fn shifted(&self, microseconds: i128) -> Eval<Self> {
        let out_of_range = || Stop::raise(&OVERFLOW_ERROR, "date value out of range");
        let nanos = microseconds.checked_mul(1_000).ok_or_else(out_of_range)?;
        let civil = jiff::SignedDuration::try_from_nanos_i128(nanos)
            .and_then(|duration| self.civil.checked_add(duration).ok())
            .filter(|civil| (1..=9999).contains(&civil.year()))
            .ok_or_else(out_of_range)?;
        Ok(Self { civil, fold: false, ..self.clone() })
    }

    /// `isoformat(sep, timespec)`.
    pub fn iso(&self, separator: &str, timespec: &str) -> Eval<String> {
        let time = super::time::show(self.civil.time(), timespec)?;
        let mut text = format!("{}{separator}{time}", self.civil.date());
        if let Some(seconds) = self.offset()? {
            text += &show_offset(seconds, ":");
        }
        Ok(text)
    }

    /// Whether its wall-clock time is none or two in its zone.
    fn is_ambiguous(&self) -> bool {
        let rules = self.zone.as_ref().and_then(|zone| rules(&zone.zone).ok());
        rules.is_some_and(|rules| rules.to_ambiguous_timestamp(self.civil).is_ambiguous())
    }

    fn order(&self, other: &Moment) -> Eval<Option<std::cmp::Ordering>> {
        if self.zone.is_some() != other.zone.is_some() {
            return Ok(None);
        }
        Ok(Some(self.instant()?.cmp(&other.instant()?)))
    }
}

impl Object for Moment {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let civil = self.civil;
        Ok(Some(match name {
            "year" => Value::int(civil.year()),
            "month" => Value::int(civil.month()),
            "day" => Value::int(civil.day()),
            "hour" => Value::int(civil.hour()),
            "minute" => Value::int(civil.minute()),
            "second" => Value::int(civil.second()),
            "microsecond" => Value::int(civil.subsec_nanosecond() / 1_000),
            "fold" => Value::int(u8::from(self.fold)),
            "tzinfo" => self.zone.clone().map_or(Value::None, Value::object),
            _ => return crate::modules::pendulum::moment_attr(vm, &self, name),
        }))
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        if let Some(delta) = delta_of(other) {
            if self.class.module == "pendulum" {
                let sign = match (op, reflected) {
                    (Operator::Add, _) => 1,
                    (Operator::Sub, false) => -1,
                    _ => return Ok(None),
                };
                return crate::modules::pendulum::shift::by_delta(vm, &self, other, sign);
            }
            let moved = match (op, reflected) {
                (Operator::Add, _) => self.shifted(delta.microseconds())?,
                (Operator::Sub, false) => self.shifted(-delta.microseconds())?,
                _ => return Ok(None),
            };
            // A datetime of pytz keeps its offset until it is normalised.
            if self.zone.as_ref().is_some_and(ZoneObject::is_pytz) && moved.offset()? != self.offset()? {
                let message = "arithmetic across a change of clocks is not modelled for pytz";
                return vm.unknown(CauseKind::NotModelled, message);
            }
            return Ok(Some(Value::object(moved)));
        }
        let (Operator::Sub, Some(other)) = (op, other.downcast::<Moment>()) else { return Ok(None) };
        let (left, right) = if reflected { (&*other, &*self) } else { (&*self, &*other) };
        if left.class.module == "pendulum" || right.class.module == "pendulum" {
            return vm.unknown(CauseKind::NotModelled, "a pendulum interval is not modelled");
        }
        if left.zone.is_some() != right.zone.is_some() {
            return Err(Stop::type_error("can't subtract offset-naive and offset-aware datetimes"));
        }
        // Within one zone Python subtracts wall-clock times.
        let same_zone =
            left.zone.as_ref().map(|zone| &zone.zone) == right.zone.as_ref().map(|zone| &zone.zone);
        let nanos = if same_zone {
            left.civil.duration_since(right.civil).as_nanos()
        } else {
            left.instant()?.duration_since(right.instant()?).as_nanos()
        };
        Ok(Some(Value::object(Delta::of(nanos / 1_000)?)))
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Moment>() else { return Ok(None) };
        match self.order(&other)? {
            Some(ordering) => Ok(ordered(op, ordering)),
            None => Err(Stop::type_error("can't compare offset-naive and offset-aware datetimes")),
        }
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Moment>() else { return Ok(Some(false)) };
        Ok(Some(self.order(&other)?.is_some_and(std::cmp::Ordering::is_eq)))
    }

    fn hash_text(&self) -> Option<String> {
        let instant = self.instant().ok()?;
        Some(format!("datetime {} {instant}", self.zone.is_some()))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        self.iso(" ", "auto").map(Into::into)
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let civil = self.civil;
        let mut parts = vec![civil.year().to_string(), civil.month().to_string(), civil.day().to_string()];
        parts.extend([civil.hour(), civil.minute()].map(|part| part.to_string()));
        let micros = civil.subsec_nanosecond() / 1_000;
        if civil.second() != 0 || micros != 0 || self.class.module == "pendulum" {
            parts.push(civil.second().to_string());
        }
        if micros != 0 {
            parts.push(micros.to_string());
        }
        if self.fold && self.class.module != "pendulum" {
            parts.push("fold=1".to_owned());
        }
        if let Some(zone) = &self.zone {
            parts.push(format!("tzinfo={}", vm.repr(&Value::object(zone.clone()))?));
        }
        let name = if self.class.module == "pendulum" { "DateTime" } else { "datetime.datetime" };
        Ok(format!("{name}({})", parts.join(", ")).into())
    }

    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        if spec.is_empty() {
            return self.str(vm);
        }
        if self.class.module == "pendulum" && !spec.contains('%') {
            return crate::modules::pendulum::format_moment(vm, self, spec);
        }
        strftime::strftime(vm, self, spec)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        if self.fold && self.is_ambiguous() {
            let message = "a datetime with `fold=1` has no form in a definition";
            return Datum::Unknown(collector.cause(CauseKind::Unsupported, message));
        }
        Datum::DateTime(datum::DateTime {
            civil: self.civil,
            zone: self.zone.as_ref().map(|zone| zone.zone.clone()),
        })
    }
}
