//! `pendulum.Date`: a `date` with pendulum's arithmetic and formats.

use std::rc::Rc;

use super::format::format_moment;
use super::shift::Shift;
use crate::eval::Vm;
use crate::modules::datetime::date::{DATE as PLAIN, checked};
use crate::modules::datetime::{Date, Moment, need_int};
use crate::modules::support::{done, need_text, receiver};
use crate::value::{Args, Eval, Native, Type, Value};

/// The class.
pub static DATE: Type = Type {
    base: Some(&PLAIN),
    methods: &[
        Native::new("add", |vm, args| shifted(vm, args, 1)),
        Native::new("subtract", |vm, args| shifted(vm, args, -1)),
        Native::new("format", |vm, mut args| {
            let this = receiver::<Date>(&mut args, &DATE)?;
            let format = need_text(&mut args, "fmt")?;
            done(vm, args)?;
            format_moment(vm, &midnight(&this), &format).map(Value::from)
        }),
        Native::new("to_date_string", |vm, mut args| {
            let this = receiver::<Date>(&mut args, &DATE)?;
            done(vm, args)?;
            Ok(Value::from(this.day.to_string()))
        }),
        Native::new("replace", |vm, mut args| {
            let this = receiver::<Date>(&mut args, &DATE)?;
            let mut part = |name: &str, now: i64| match args.take(name) {
                None | Some(Value::None) => Ok(now),
                Some(value) => crate::modules::datetime::int(value),
            };
            let year = part("year", this.day.year().into())?;
            let month = part("month", this.day.month().into())?;
            let day = part("day", this.day.day().into())?;
            done(vm, args)?;
            checked(year, month, day).map(|day| Value::object(Date { day, ..*this }))
        }),
    ],
    statics: &[Native::new("today", |vm, args| {
        done(vm, args)?;
        let day = crate::modules::datetime::now(vm).to_zoned(jiff::tz::TimeZone::UTC).date();
        Ok(Value::object(Date { day, class: &DATE }))
    })],
    ..Type::new("pendulum", "Date", |vm, mut args| {
        let (year, month, day) =
            (need_int(&mut args, "year")?, need_int(&mut args, "month")?, need_int(&mut args, "day")?);
        done(vm, args)?;
        checked(year, month, day).map(|day| Value::object(Date { day, class: &DATE }))
    })
};

fn midnight(date: &Rc<Date>) -> Moment {
    Moment::naive(date.day.at(0, 0, 0, 0))
}

fn shifted(vm: &mut Vm, mut args: Args, sign: i64) -> Eval<Value> {
    let this = receiver::<Date>(&mut args, &DATE)?;
    let shift = Shift::of_args(&mut args, sign)?;
    done(vm, args)?;
    let moved = shift.apply(vm, &midnight(&this))?;
    Ok(Value::object(Date { day: moved.civil.date(), ..*this }))
}
