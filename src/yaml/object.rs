//! What a `__type__` form comes to when dag-factory calls it, for the callables that make plain data.

use std::borrow::Cow;

use jiff::civil;
use num_traits::ToPrimitive;

use super::time::delta_of_microseconds;
use crate::datum::{DateTime, Datum, Reference, TypedObject, Zone};

/// The same value without detours: an object whose call makes plain data as that data, an XCom as its template.
///
/// Only the value itself; what it holds stays as it is.
pub(super) fn normal(datum: &Datum) -> Cow<'_, Datum> {
    match datum {
        Datum::Object(object) => made_by(object).map_or(Cow::Borrowed(datum), Cow::Owned),
        Datum::XCom(xcom) => Cow::Owned(Datum::Str(xcom.template())),
        Datum::DateTime(DateTime { civil, zone: Some(Zone::Named(name)) }) if name == "UTC" => {
            Cow::Owned(Datum::DateTime(DateTime { civil: *civil, zone: Some(Zone::Utc) }))
        }
        other => Cow::Borrowed(other),
    }
}

/// The plain data that the call makes; `None` for every other callable, and for arguments that are not plain enough.
pub(super) fn made_by(object: &TypedObject) -> Option<Datum> {
    let arguments = Arguments { object };
    match object.path.as_str() {
        "builtins.tuple" => arguments.items().map(Datum::Tuple),
        "builtins.list" => arguments.items().map(Datum::List),
        "builtins.set" => arguments.items().map(Datum::Set),
        "builtins.frozenset" => arguments.items().map(Datum::FrozenSet),
        "builtins.dict" => arguments.dict(),
        "datetime.timedelta" => arguments.timedelta(),
        "datetime.date" => arguments.only(&["year", "month", "day"])?.date().map(Datum::Date),
        "datetime.time" => {
            arguments.only(&["hour", "minute", "second", "microsecond"])?.time().map(Datum::Time)
        }
        "datetime.datetime" => arguments.datetime("tzinfo", |zone| match zone {
            None => Some(None),
            Some(Datum::Object(zone)) if zone.path == "datetime.timezone" => {
                let zone = Arguments { object: zone }.only(&["offset"])?;
                match zone.get("offset").map(normal).as_deref() {
                    Some(Datum::TimeDelta(delta)) if delta.microseconds == 0 => {
                        let seconds = delta.days * 86_400 + i64::from(delta.seconds);
                        Some(Some(Zone::Fixed(i32::try_from(seconds).ok()?)))
                    }
                    _ => None,
                }
            }
            Some(_) => None,
        }),
        "pendulum.datetime" => arguments.datetime("tz", |zone| match zone {
            None => Some(Some(Zone::Utc)),
            Some(Datum::Str(name)) if name == "UTC" => Some(Some(Zone::Utc)),
            Some(Datum::Str(name)) => Some(Some(Zone::Named(name.clone()))),
            Some(_) => None,
        }),
        "pkgutil.resolve_name" => match arguments.only(&["name"])?.get("name") {
            Some(Datum::Str(name)) => {
                let (module, name) = name.split_once(':')?;
                Some(Datum::Reference(Reference {
                    module: Some(module.to_owned()),
                    name: name.to_owned(),
                    span: None,
                    captured: Vec::new(),
                }))
            }
            _ => None,
        },
        _ => None,
    }
}

const DATE_TIME: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

/// The arguments of a call, under the names of its parameters.
#[derive(Clone, Copy)]
struct Arguments<'a> {
    object: &'a TypedObject,
}

/// Arguments bound to the parameters of these names, in order.
struct Bound<'a> {
    arguments: Arguments<'a>,
    names: &'a [&'a str],
}

impl<'a> Arguments<'a> {
    /// Binds the arguments; `None` where the callable has no such parameter, or one is given twice.
    fn only(self, names: &'a [&'a str]) -> Option<Bound<'a>> {
        let TypedObject { args, kwargs, .. } = self.object;
        let rest = names.get(args.len()..)?;
        let fit = kwargs.iter().enumerate().all(|(place, (name, _))| {
            rest.contains(&name.as_str()) && kwargs[..place].iter().all(|(earlier, _)| earlier != name)
        });
        fit.then_some(Bound { arguments: self, names })
    }

    /// What a container is made of: nothing, or one collection.
    fn items(self) -> Option<Vec<Datum>> {
        let TypedObject { args, kwargs, path } = self.object;
        match (args.as_slice(), kwargs.as_slice()) {
            ([], []) => Some(Vec::new()),
            ([Datum::List(items) | Datum::Tuple(items)], []) => Some(items.clone()),
            // dag-factory's own form, which drops everything else.
            (_, [(name, Datum::List(items))]) if path == "builtins.list" && name == "items" => {
                Some(items.clone())
            }
            _ => None,
        }
    }

    fn dict(self) -> Option<Datum> {
        let TypedObject { args, kwargs, .. } = self.object;
        let pairs = match args.as_slice() {
            [] => Vec::new(),
            [Datum::List(pairs)] => pairs
                .iter()
                .map(|pair| match pair {
                    Datum::List(pair) | Datum::Tuple(pair) => match pair.as_slice() {
                        [key, value] => Some((key.clone(), value.clone())),
                        _ => None,
                    },
                    _ => None,
                })
                .collect::<Option<_>>()?,
            _ => return None,
        };
        let named = kwargs.iter().map(|(name, value)| (Datum::str(name), value.clone()));
        Some(Datum::Map(pairs.into_iter().chain(named).collect()))
    }

    fn timedelta(self) -> Option<Datum> {
        const UNITS: [(&str, i128); 7] = [
            ("days", 86_400_000_000),
            ("seconds", 1_000_000),
            ("microseconds", 1),
            ("milliseconds", 1_000),
            ("minutes", 60_000_000),
            ("hours", 3_600_000_000),
            ("weeks", 604_800_000_000),
        ];
        let bound = self.only(&UNITS.map(|(name, _)| name))?.integers(&UNITS.map(|(name, _)| name))?;
        let total = UNITS.iter().zip(bound).try_fold(0_i128, |sum, ((_, unit), number)| {
            sum.checked_add(i128::from(number.unwrap_or(0)).checked_mul(*unit)?)
        })?;
        delta_of_microseconds(total).map(Datum::TimeDelta)
    }

    fn datetime(self, zone: &str, read: impl Fn(Option<&Datum>) -> Option<Option<Zone>>) -> Option<Datum> {
        let names: Vec<&str> = DATE_TIME.into_iter().chain([zone]).collect();
        let bound = self.only(&names)?;
        let civil = bound.date()?.to_datetime(bound.time()?);
        Some(Datum::DateTime(DateTime { civil, zone: read(bound.get(zone))? }))
    }
}

impl Bound<'_> {
    fn get(&self, name: &str) -> Option<&Datum> {
        let TypedObject { args, kwargs, .. } = self.arguments.object;
        let place = self.names.iter().position(|known| *known == name)?;
        args.get(place).or_else(|| kwargs.iter().find(|(known, _)| known == name).map(|(_, value)| value))
    }

    /// The whole numbers under these names; `None` where one is something else.
    fn integers<const N: usize>(&self, names: &[&str; N]) -> Option<[Option<i64>; N]> {
        let mut numbers = [None; N];
        for (number, name) in numbers.iter_mut().zip(names) {
            *number = match self.get(name) {
                None => None,
                Some(Datum::Int(value)) => Some(value.to_i64()?),
                Some(_) => return None,
            };
        }
        Some(numbers)
    }

    fn date(&self) -> Option<civil::Date> {
        let [year, month, day] = self.integers(&["year", "month", "day"])?;
        let year = year?.to_i16().filter(|&year| year >= 1)?;
        civil::Date::new(year, month?.to_i8()?, day?.to_i8()?).ok()
    }

    fn time(&self) -> Option<civil::Time> {
        let [hour, minute, second, microsecond] =
            self.integers(&["hour", "minute", "second", "microsecond"])?.map(Option::unwrap_or_default);
        let nanosecond = microsecond.checked_mul(1000)?.to_i32()?;
        civil::Time::new(hour.to_i8()?, minute.to_i8()?, second.to_i8()?, nanosecond).ok()
    }
}
