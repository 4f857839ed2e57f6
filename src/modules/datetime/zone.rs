//! `tzinfo` and `timezone`, and the zones that other libraries make.

use std::rc::Rc;

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::delta::{Delta, delta_of};
use super::moment::Moment;
use super::wrong_receiver;
use crate::datum::{CauseKind, Datum, TypedObject, Zone};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// A time zone as a Python object.
#[derive(Debug, Clone)]
pub struct ZoneObject {
    /// The zone.
    pub zone: Zone,
    /// The class that made it: `datetime.timezone`, `zoneinfo.ZoneInfo`, `pendulum.Timezone`.
    pub class: &'static Type,
    /// The name given to a `datetime.timezone`, where one was.
    pub label: Option<Rc<str>>,
}

/// `tzinfo`.
pub static TZINFO: Type =
    Type::new("datetime", "tzinfo", |vm, _| vm.unknown(CauseKind::NotModelled, "`tzinfo` is not modelled"));

/// `timezone`.
pub static TIMEZONE: Type = Type {
    base: Some(&TZINFO),
    methods: METHODS,
    constants: &[("utc", utc)],
    ..Type::new("datetime", "timezone", |_, mut args| {
        let offset = args.expect("offset")?.known()?;
        let label = super::text_arg(&mut args, "name")?;
        args.finish()?;
        let Some(offset) = delta_of(&offset) else {
            return Err(Stop::type_error("timezone() argument 1 must be datetime.timedelta"));
        };
        let seconds = offset.microseconds() / 1_000_000;
        if seconds.abs() >= 86_400 {
            return Err(Stop::value_error(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).",
            ));
        }
        let zone = match i32::try_from(seconds) {
            Ok(0) => Zone::Utc,
            Ok(seconds) => Zone::Fixed(seconds),
            Err(_) => return Err(Stop::value_error("offset out of range")),
        };
        Ok(Value::object(ZoneObject { zone, class: &TIMEZONE, label }))
    })
};

/// The methods of all zones.
pub static METHODS: &[Native] = &[
    Native::new("utcoffset", |_, mut args| {
        let zone = this(&mut args)?;
        let moment = args.expect("dt")?.known()?;
        args.finish()?;
        match (moment.downcast::<Moment>(), &zone.zone) {
            (_, Zone::Utc) => Ok(Value::object(Delta::seconds(0))),
            (_, Zone::Fixed(seconds)) => Ok(Value::object(Delta::seconds(i64::from(*seconds)))),
            (None, Zone::Named(_)) => Ok(Value::None),
            (Some(moment), Zone::Named(_)) => {
                Ok(Value::object(Delta::seconds(i64::from(offset(&zone.zone, moment.civil, moment.fold)?))))
            }
        }
    }),
    Native::new("tzname", |vm, mut args| {
        let zone = this(&mut args)?;
        let moment = args.expect("dt")?.known()?;
        args.finish()?;
        match (&zone.zone, moment.downcast::<Moment>()) {
            (Zone::Utc | Zone::Fixed(_), _) => Ok(Value::str(zone.name())),
            (Zone::Named(_), None) => Ok(Value::None),
            (Zone::Named(_), Some(moment)) => {
                let moment = Moment { zone: Some((*zone).clone()), ..(*moment).clone() };
                super::strftime::strftime(vm, &moment, "%Z").map(Value::Str)
            }
        }
    }),
];

fn this(args: &mut Args) -> Eval<Rc<ZoneObject>> {
    args.expect("self")?.downcast::<ZoneObject>().ok_or_else(|| wrong_receiver(&TIMEZONE))
}

/// `timezone.utc`.
pub fn utc() -> Value {
    Value::object(ZoneObject { zone: Zone::Utc, class: &TIMEZONE, label: None })
}

/// The zone in a value, `None` for `None`.
pub fn zone_of(vm: &Vm, value: &Value) -> Eval<Option<Zone>> {
    match value {
        Value::None => Ok(None),
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        value => match value.downcast::<ZoneObject>() {
            Some(zone) => Ok(Some(zone.zone.clone())),
            None => vm.unknown(
                CauseKind::NotModelled,
                format!("the time zone `{}` is not modelled", value.type_name()),
            ),
        },
    }
}

/// The zone's rules.
pub fn rules(zone: &Zone) -> Eval<TimeZone> {
    match zone {
        Zone::Utc => Ok(TimeZone::UTC),
        Zone::Fixed(seconds) => match jiff::tz::Offset::from_seconds(*seconds) {
            Ok(offset) => Ok(TimeZone::fixed(offset)),
            Err(_) => Err(Stop::value_error("offset out of range")),
        },
        Zone::Named(name) => TimeZone::get(name).map_err(|_| {
            Stop::raise(&crate::value::exception::KEY_ERROR, format!("No time zone found with key {name}"))
        }),
    }
}

/// The offset from UTC in seconds at a civil time; `fold` chooses among two, and in a gap follows Python.
pub fn offset(zone: &Zone, civil: civil::DateTime, fold: bool) -> Eval<i32> {
    Ok(match rules(zone)?.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            if fold {
                after
            } else {
                before
            }
        }
    }
    .seconds())
}

/// What the time zone database has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// A zone.
    Zone(Zone),
    /// A zone whose name is written in another case, which depends on the machine.
    OtherCase,
    /// Nothing.
    Nothing,
}

/// Looks up an IANA name.
pub fn known(name: &str) -> Known {
    if name == "UTC" {
        return Known::Zone(Zone::Utc);
    }
    match TimeZone::get(name) {
        Ok(zone) if zone.iana_name() == Some(name) => Known::Zone(Zone::Named(name.to_owned())),
        Ok(_) => Known::OtherCase,
        Err(_) => Known::Nothing,
    }
}

/// An offset as `+05:30` or, with seconds, `+05:30:15`.
pub fn show_offset(seconds: i32, separator: &str) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let mut text = format!("{sign}{:02}{separator}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 != 0 {
        text += &format!("{separator}{:02}", seconds % 60);
    }
    text
}

impl ZoneObject {
    /// `str(zone)`.
    pub fn show(&self) -> String {
        if let Some(label) = &self.label {
            return label.to_string();
        }
        match &self.zone {
            Zone::Utc => "UTC".to_owned(),
            Zone::Fixed(seconds) if self.class.name == "timezone" => {
                format!("UTC{}", show_offset(*seconds, ":"))
            }
            Zone::Fixed(seconds) => {
                format!("FixedTimezone({seconds}, name=\"{}\")", self.name())
            }
            Zone::Named(name) => name.clone(),
        }
    }

    /// Whether it is a zone of pytz whose offset changes.
    pub fn is_pytz(&self) -> bool {
        self.class.module == "pytz" && matches!(self.zone, Zone::Named(_))
    }

    /// `zone.tzname(None)` or `zone.name`, whichever the class has.
    pub fn name(&self) -> String {
        match (&self.label, &self.zone) {
            (None, Zone::Fixed(seconds)) if self.class.name != "timezone" => {
                show_offset(*seconds / 60 * 60, ":")
            }
            _ => self.show(),
        }
    }
}

impl Object for ZoneObject {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let known = match self.class.module {
            "pendulum" => matches!(name, "name" | "key") && (name == "name" || self.class.name == "Timezone"),
            "zoneinfo" => name == "key",
            "pytz" => name == "zone",
            _ => false,
        };
        Ok(known.then(|| Value::str(self.name())))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<ZoneObject>().is_some_and(|other| other.zone == self.zone)))
    }

    fn is_same(&self, other: &Value) -> bool {
        // The libraries keep one object for each name.
        other.downcast::<ZoneObject>().is_some_and(|other| {
            std::ptr::eq(self.class, other.class)
                && self.zone == other.zone
                && !matches!(self.zone, Zone::Fixed(_))
        })
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("zone {}", self.show()))
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        if self.class.module == "dateutil.tz" {
            return self.repr(vm);
        }
        Ok(self.show().into())
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        if matches!(self.class.module, "dateutil.tz" | "pytz")
            && self.class.name != "tzutc"
            && self.zone != Zone::Utc
        {
            return vm.unknown(CauseKind::NotModelled, "the text of this time zone is not modelled");
        }
        Ok(match (self.class.name, &self.zone) {
            ("tzutc", _) => "tzutc()".into(),
            ("UTC", _) => "<UTC>".into(),
            ("timezone", Zone::Utc) => "datetime.timezone.utc".into(),
            ("timezone", Zone::Fixed(seconds)) => {
                let delta = Delta::seconds(i64::from(*seconds)).plain();
                let days = if delta.days == 0 { String::new() } else { format!("days={}, ", delta.days) };
                let label = self
                    .label
                    .as_ref()
                    .map_or_else(String::new, |label| format!(", {}", crate::value::text::quote(label)));
                let seconds = delta.seconds;
                format!("datetime.timezone(datetime.timedelta({days}seconds={seconds}){label})").into()
            }
            ("ZoneInfo", _) => format!("zoneinfo.ZoneInfo(key='{}')", self.show()).into(),
            ("FixedTimezone", Zone::Fixed(_)) => self.show().into(),
            (class, _) => format!("{class}('{}')", self.show()).into(),
        })
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let object = |path: &str, arg: Datum| {
            Datum::Object(Box::new(TypedObject {
                path: path.to_owned(),
                args: vec![arg],
                kwargs: Vec::new(),
            }))
        };
        match &self.zone {
            Zone::Utc if self.class.name == "timezone" => {
                object("datetime.timezone", Datum::TimeDelta(Delta::seconds(0).plain()))
            }
            Zone::Fixed(seconds) => {
                object("datetime.timezone", Datum::TimeDelta(Delta::seconds(i64::from(*seconds)).plain()))
            }
            Zone::Utc | Zone::Named(_) if self.class.module == "pendulum" => {
                object("pendulum.timezone", Datum::str(self.show()))
            }
            Zone::Utc | Zone::Named(_) => object("zoneinfo.ZoneInfo", Datum::str(self.show())),
        }
    }
}
