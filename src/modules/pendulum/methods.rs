//! The methods and attributes that `pendulum.DateTime` has besides those of `datetime`.

use std::rc::Rc;

use jiff::civil;

use super::create::{create, set};
use super::format::{format_moment, is_utc};
use super::shift::Shift;
use super::zone::safe;
use super::{DATE_TIME, is_english};
use crate::eval::Vm;
use crate::modules::datetime::moment::at;
use crate::modules::datetime::{Date, Moment, date, int_arg, need_int, strftime, time};
use crate::modules::support::{done, need_text, not_modelled, receiver};
use crate::value::{Args, Eval, Native, Stop, Value};

const ATOM: &str = "YYYY-MM-DDTHH:mm:ssZ";
const RFC822: &str = "ddd, DD MMM YY HH:mm:ss ZZ";
const RFC1123: &str = "ddd, DD MMM YYYY HH:mm:ss ZZ";

pub(super) static METHODS: &[Native] = &[
    Native::new("add", |vm, args| shifted(vm, args, 1)),
    Native::new("subtract", |vm, args| shifted(vm, args, -1)),
    Native::new("in_timezone", in_timezone),
    Native::new("in_tz", in_timezone),
    Native::new("set", |vm, args| replace(vm, args, "tz")),
    Native::new("replace", |vm, args| replace(vm, args, "tzinfo")),
    Native::new("on", |vm, mut args| {
        let this = this(&mut args)?;
        let (year, month, day) =
            (need_int(&mut args, "year")?, need_int(&mut args, "month")?, need_int(&mut args, "day")?);
        done(vm, args)?;
        set(&this, date::checked(year, month, day)?.to_datetime(this.civil.time())).map(Value::object)
    }),
    Native::new("at", |vm, mut args| {
        let this = this(&mut args)?;
        let clock = time::clock(&mut args)?;
        done(vm, args)?;
        set(&this, this.civil.date().to_datetime(clock)).map(Value::object)
    }),
    Native::new("date", |vm, mut args| {
        let this = this(&mut args)?;
        done(vm, args)?;
        Ok(Value::object(Date { day: this.civil.date(), class: &super::date::DATE }))
    }),
    Native::new("naive", |vm, mut args| {
        let this = this(&mut args)?;
        done(vm, args)?;
        Ok(Value::object(Moment { zone: None, fold: false, ..(*this).clone() }))
    }),
    Native::new("start_of", |vm, mut args| {
        let this = this(&mut args)?;
        let unit = need_text(&mut args, "unit")?;
        done(vm, args)?;
        bound(vm, &this, &unit, false).map(Value::object)
    }),
    Native::new("end_of", |vm, mut args| {
        let this = this(&mut args)?;
        let unit = need_text(&mut args, "unit")?;
        done(vm, args)?;
        bound(vm, &this, &unit, true).map(Value::object)
    }),
    Native::new("next", |vm, args| neighbour(vm, args, 1)),
    Native::new("previous", |vm, args| neighbour(vm, args, -1)),
    Native::new("first_of", |vm, mut args| {
        let this = this(&mut args)?;
        let unit = need_text(&mut args, "unit")?;
        of_unit(vm, &this, &unit, args, false)
    }),
    Native::new("last_of", |vm, mut args| {
        let this = this(&mut args)?;
        let unit = need_text(&mut args, "unit")?;
        of_unit(vm, &this, &unit, args, true)
    }),
    Native::new("format", |vm, mut args| {
        let this = this(&mut args)?;
        let format = need_text(&mut args, "fmt")?;
        let locale = args.take("locale");
        done(vm, args)?;
        if !is_english(locale.as_ref()) {
            return not_modelled(vm, "locales of pendulum other than `en` are not modelled");
        }
        format_moment(vm, &this, &format).map(Value::from)
    }),
    Native::new("to_date_string", |vm, args| formatted(vm, args, "YYYY-MM-DD")),
    Native::new("to_time_string", |vm, args| formatted(vm, args, "HH:mm:ss")),
    Native::new("to_datetime_string", |vm, args| formatted(vm, args, "YYYY-MM-DD HH:mm:ss")),
    Native::new("to_day_datetime_string", |vm, args| formatted(vm, args, "ddd, MMM D, YYYY h:mm A")),
    Native::new("to_formatted_date_string", |vm, mut args| {
        let this = this(&mut args)?;
        strftime::strftime(vm, &this, "%b %d, %Y").map(Value::Str)
    }),
    Native::new("to_atom_string", |vm, args| formatted(vm, args, ATOM)),
    Native::new("to_w3c_string", |vm, args| formatted(vm, args, ATOM)),
    Native::new("to_cookie_string", |vm, args| formatted(vm, args, "dddd, DD-MMM-YYYY HH:mm:ss zz")),
    Native::new("to_rfc850_string", |vm, args| formatted(vm, args, "dddd, DD-MMM-YY HH:mm:ss zz")),
    Native::new("to_rfc822_string", |vm, args| formatted(vm, args, RFC822)),
    Native::new("to_rfc1036_string", |vm, args| formatted(vm, args, RFC822)),
    Native::new("to_rfc1123_string", |vm, args| formatted(vm, args, RFC1123)),
    Native::new("to_rfc2822_string", |vm, args| formatted(vm, args, RFC1123)),
    Native::new("to_rss_string", |vm, args| formatted(vm, args, RFC1123)),
    Native::new("to_rfc3339_string", |vm, mut args| {
        let this = this(&mut args)?;
        done(vm, args)?;
        this.iso("T", "auto").map(Value::from)
    }),
    Native::new("to_iso8601_string", |vm, mut args| {
        let this = this(&mut args)?;
        done(vm, args)?;
        let text = this.iso("T", "auto")?;
        Ok(Value::from(if is_utc(&this) { text.replace("+00:00", "Z") } else { text }))
    }),
    Native::new("is_utc", |_, mut args| Ok(Value::Bool(this(&mut args)?.offset()? == Some(0)))),
    Native::new("is_local", |_, mut args| Ok(Value::Bool(this(&mut args)?.offset()? == Some(0)))),
    Native::new("is_leap_year", |_, mut args| Ok(Value::Bool(this(&mut args)?.civil.date().in_leap_year()))),
    Native::new("is_past", |vm, mut args| {
        let this = this(&mut args)?;
        Ok(Value::Bool(this.instant()? < crate::modules::datetime::now(vm)))
    }),
    Native::new("is_future", |vm, mut args| {
        let this = this(&mut args)?;
        Ok(Value::Bool(this.instant()? > crate::modules::datetime::now(vm)))
    }),
    Native::new("is_same_day", |vm, mut args| {
        let this = this(&mut args)?;
        let other = args.expect("dt")?;
        done(vm, args)?;
        match other.downcast::<Moment>() {
            Some(other) => Ok(Value::Bool(other.civil.date() == this.civil.date())),
            None => not_modelled(vm, "this comparison of days is not modelled"),
        }
    }),
    Native::new("get_offset", |_, mut args| Ok(this(&mut args)?.offset()?.map_or(Value::None, Value::int))),
];

/// What a `pendulum.DateTime` has besides a `datetime`'s attributes.
pub(crate) fn moment_attr(_vm: &mut Vm, this: &Rc<Moment>, name: &str) -> Eval<Option<Value>> {
    if this.class.module != "pendulum" {
        return Ok(None);
    }
    let date = this.civil.date();
    let zone = this.zone.as_ref().filter(|zone| zone.class.module == "pendulum");
    #[expect(clippy::cast_precision_loss, reason = "CPython divides the same numbers")]
    Ok(Some(match name {
        "day_of_week" => Value::int(date.weekday().to_monday_zero_offset()),
        "day_of_year" => Value::int(date.day_of_year()),
        "week_of_year" => Value::int(date.iso_week_date().week()),
        "week_of_month" => {
            let first = i32::from(date.first_of_month().weekday().to_monday_one_offset());
            Value::int((i32::from(date.day()) + first - 2) / 7 + 1)
        }
        "days_in_month" => Value::int(date.days_in_month()),
        "quarter" => Value::int((date.month() - 1) / 3 + 1),
        "offset" => this.offset()?.map_or(Value::None, Value::int),
        "offset_hours" => {
            this.offset()?.map_or(Value::None, |seconds| Value::Float(f64::from(seconds) / 60.0 / 60.0))
        }
        "float_timestamp" => Value::Float(this.instant()?.as_microsecond() as f64 / 1e6),
        "int_timestamp" => Value::int(this.instant()?.as_second()),
        "timezone" | "tz" => zone.map_or(Value::None, |zone| Value::object(zone.clone())),
        "timezone_name" => zone.map_or(Value::None, |zone| Value::str(zone.name())),
        _ => return Ok(None),
    }))
}

fn this(args: &mut Args) -> Eval<Rc<Moment>> {
    receiver::<Moment>(args, &DATE_TIME)
}

fn shifted(vm: &mut Vm, mut args: Args, sign: i64) -> Eval<Value> {
    let this = this(&mut args)?;
    let shift = Shift::of_args(&mut args, sign)?;
    done(vm, args)?;
    shift.apply(vm, &this).map(Value::object)
}

fn in_timezone(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let this = this(&mut args)?;
    let zone = safe(vm, &args.expect("tz")?)?;
    done(vm, args)?;
    if this.zone.is_none() {
        return create(this.civil, Some(zone), true).map(Value::object);
    }
    at(this.instant()?, Some(zone), &DATE_TIME).map(Value::object)
}

fn formatted(vm: &mut Vm, mut args: Args, format: &str) -> Eval<Value> {
    let this = this(&mut args)?;
    done(vm, args)?;
    format_moment(vm, &this, format).map(Value::from)
}

/// `set` and `replace`: `None` keeps a part.
fn replace(vm: &mut Vm, mut args: Args, zone_name: &str) -> Eval<Value> {
    let this = this(&mut args)?;
    let civil = this.civil;
    let mut part = |name: &str, now: i64| match args.take(name) {
        None | Some(Value::None) => Ok(now),
        Some(value) => crate::modules::datetime::int(value),
    };
    let (year, month, day) = (
        part("year", civil.year().into())?,
        part("month", civil.month().into())?,
        part("day", civil.day().into())?,
    );
    let (hour, minute) = (part("hour", civil.hour().into())?, part("minute", civil.minute().into())?);
    let (second, micro) = (
        part("second", civil.second().into())?,
        part("microsecond", i64::from(civil.subsec_nanosecond() / 1_000))?,
    );
    let zone = match args.take(zone_name) {
        Some(Value::None) if zone_name == "tzinfo" => None,
        None | Some(Value::Bool(true) | Value::None) => this.zone.clone(),
        Some(zone) => Some(safe(vm, &zone)?),
    };
    let fold = int_arg(&mut args, "fold")?.map_or(this.fold, |fold| fold != 0);
    done(vm, args)?;
    let civil = date::checked(year, month, day)?.to_datetime(time::checked(hour, minute, second, micro)?);
    create(civil, zone, fold).map(Value::object)
}

const LAST: civil::Time = civil::time(23, 59, 59, 999_999_000);

/// `start_of(unit)`, or `end_of(unit)` where `end`.
fn bound(vm: &mut Vm, this: &Moment, unit: &str, end: bool) -> Eval<Moment> {
    let (date, clock) = (this.civil.date(), this.civil.time());
    let midnight = civil::Time::midnight();
    let year = i64::from(date.year());
    let years = |first: i64, count: i64| if end { (first + count - 1, 12, 31) } else { (first, 1, 1) };
    let clock_to = |hour: i8, minute: i8, second: i8| {
        if end {
            civil::time(hour, minute, second, 999_999_000)
        } else {
            civil::time(hour, minute, second, 0)
        }
    };
    let last = |part: i8| if end { 59 } else { part };
    let (year, month, day) = match unit {
        "second" => {
            return set(this, date.to_datetime(clock_to(clock.hour(), clock.minute(), clock.second())));
        }
        "minute" => return set(this, date.to_datetime(clock_to(clock.hour(), clock.minute(), last(0)))),
        "hour" => return set(this, date.to_datetime(clock_to(clock.hour(), last(0), last(0)))),
        "day" => return set(this, date.to_datetime(if end { LAST } else { midnight })),
        "week" => {
            let wanted = if end { 6 } else { 0 };
            let there = if date.weekday().to_monday_zero_offset() == wanted {
                this.clone()
            } else {
                let midnight = bound(vm, this, "day", false)?;
                step(vm, &midnight, wanted, if end { 1 } else { -1 })?
            };
            return bound(vm, &there, "day", end);
        }
        "month" => (year, i64::from(date.month()), if end { i64::from(date.days_in_month()) } else { 1 }),
        "year" => years(year, 1),
        "decade" => years(year - year % 10, 10),
        "century" => years(year - 1 - (year - 1) % 100 + 1, 100),
        _ => {
            let name = if end { "end_of" } else { "start_of" };
            return Err(Stop::value_error(format!("Invalid unit \"{unit}\" for {name}()")));
        }
    };
    set(this, date::checked(year, month, day)?.to_datetime(if end { LAST } else { midnight }))
}

/// Day by day to the next one with this weekday, 0 for Monday.
fn step(vm: &mut Vm, this: &Moment, weekday: i8, sign: i64) -> Eval<Moment> {
    let mut there = this.clone();
    loop {
        there = Shift { days: sign, ..Shift::default() }.apply(vm, &there)?;
        if there.civil.weekday().to_monday_zero_offset() == weekday {
            return Ok(there);
        }
    }
}

fn weekday_arg(args: &mut Args) -> Eval<Option<i8>> {
    match args.take("day_of_week") {
        None | Some(Value::None) => Ok(None),
        Some(value) => match i8::try_from(crate::modules::datetime::int(value)?) {
            Ok(day @ 0..=6) => Ok(Some(day)),
            _ => Err(Stop::value_error("Invalid day of week")),
        },
    }
}

fn neighbour(vm: &mut Vm, mut args: Args, sign: i64) -> Eval<Value> {
    let this = this(&mut args)?;
    let weekday = weekday_arg(&mut args)?.unwrap_or_else(|| this.civil.weekday().to_monday_zero_offset());
    let keep_time = crate::modules::support::flag(vm, &mut args, "keep_time", false)?;
    done(vm, args)?;
    let from = if keep_time { (*this).clone() } else { bound(vm, &this, "day", false)? };
    step(vm, &from, weekday, sign).map(Value::object)
}

/// `first_of(unit, day_of_week)`, or `last_of` where `last`.
fn of_unit(vm: &mut Vm, this: &Moment, unit: &str, mut args: Args, last: bool) -> Eval<Value> {
    let weekday = weekday_arg(&mut args)?;
    done(vm, args)?;
    let date = this.civil.date();
    let month = match (unit, last) {
        ("month", _) => date.month(),
        ("quarter", false) => (date.month() - 1) / 3 * 3 + 1,
        ("quarter", true) => (date.month() - 1) / 3 * 3 + 3,
        ("year", false) => 1,
        ("year", true) => 12,
        _ => return Err(Stop::value_error(format!("Invalid unit \"{unit}\" for first_of()"))),
    };
    if unit == "year" && civil::Date::new(date.year(), month, date.day()).is_err() {
        return not_modelled(vm, "this day does not exist in the month that pendulum goes through");
    }
    let first = date::checked(i64::from(date.year()), i64::from(month), 1)?;
    let found = match (weekday, last) {
        (None, false) => first,
        (None, true) => first.last_of_month(),
        (Some(weekday), last) => {
            let weekday = civil::Weekday::from_monday_zero_offset(weekday).unwrap_or(civil::Weekday::Monday);
            first.nth_weekday_of_month(if last { -1 } else { 1 }, weekday).unwrap_or(first)
        }
    };
    set(this, found.at(0, 0, 0, 0)).map(Value::object)
}
