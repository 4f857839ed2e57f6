//! `date`.

use std::cmp::Ordering;
use std::rc::Rc;

use jiff::civil;
use jiff::civil::Weekday;
use ruff_python_ast::{CmpOp, Operator};

use super::delta::{Delta, delta_of};
use super::moment::Moment;
use super::{int_arg, need_int, now, strftime, text_arg, wrong_receiver};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::modules::record::Record;
use crate::value::exception::OVERFLOW_ERROR;
use crate::value::{Args, Eval, Native, Object, Operation, Stop, Type, Value};

/// A `date`.
#[derive(Debug, Clone, Copy)]
pub struct Date {
    /// The day.
    pub day: civil::Date,
    /// Its class: `datetime.date`, `pendulum.Date`.
    pub class: &'static Type,
}

impl Date {
    /// A plain one.
    pub fn plain(day: civil::Date) -> Self {
        Self { day, class: &DATE }
    }
}

/// The class.
pub static DATE: Type = Type {
    methods: METHODS,
    statics: &[
        Native::new("today", |vm, args| {
            args.finish()?;
            let today = now(vm).to_zoned(jiff::tz::TimeZone::UTC).date();
            Ok(Value::object(Date::plain(today)))
        }),
        Native::new("fromisoformat", |_, mut args| {
            let text = text_arg(&mut args, "date_string")?.unwrap_or_default();
            args.finish()?;
            match super::strptime::iso_date(&text) {
                Some(date) => Ok(Value::object(Date::plain(date))),
                None => Err(Stop::value_error(format!("Invalid isoformat string: '{text}'"))),
            }
        }),
        Native::new("fromordinal", |_, mut args| {
            let ordinal = need_int(&mut args, "ordinal")?;
            args.finish()?;
            from_ordinal(ordinal).map(|date| Value::object(Date::plain(date)))
        }),
    ],
    constants: &[
        ("min", || Value::object(Date::plain(civil::date(1, 1, 1)))),
        ("max", || Value::object(Date::plain(civil::date(9999, 12, 31)))),
    ],
    ..Type::new("datetime", "date", |_, mut args| {
        let (year, month, day) =
            (need_int(&mut args, "year")?, need_int(&mut args, "month")?, need_int(&mut args, "day")?);
        args.finish()?;
        checked(year, month, day).map(|date| Value::object(Date::plain(date)))
    })
};

static ISO_CALENDAR_DATE: Type = Type::new("datetime", "IsoCalendarDate", |_, _| {
    Err(Stop::type_error("cannot create 'datetime.IsoCalendarDate' instances"))
});

/// The methods of `date`; `datetime` has its own of most of these.
static METHODS: &[Native] = &[
    Native::new("isoformat", |_, mut args| {
        let date = this(&mut args)?;
        args.finish()?;
        Ok(Value::str(date.to_string()))
    }),
    Native::new("strftime", |vm, mut args| {
        let date = this(&mut args)?;
        let format = text_arg(&mut args, "format")?.unwrap_or_default();
        args.finish()?;
        let moment = Moment::naive(date.at(0, 0, 0, 0));
        strftime::strftime(vm, &moment, &format).map(Value::Str)
    }),
    Native::new("weekday", |_, mut args| Ok(Value::int(weekday(this(&mut args)?)))),
    Native::new("isoweekday", |_, mut args| Ok(Value::int(weekday(this(&mut args)?) + 1))),
    Native::new("isocalendar", |_, mut args| {
        let week = this(&mut args)?.iso_week_date();
        let weekday = week.weekday().to_monday_one_offset();
        let parts =
            [("year", i64::from(week.year())), ("week", week.week().into()), ("weekday", weekday.into())];
        let fields = parts.into_iter().map(|(name, part)| (name, Value::int(part))).collect();
        Ok(Value::object(Record { class: &ISO_CALENDAR_DATE, shown: "datetime.IsoCalendarDate", fields }))
    }),
    Native::new("toordinal", |_, mut args| Ok(Value::int(ordinal(this(&mut args)?)))),
    Native::new("replace", |_, mut args| {
        let date = this(&mut args)?;
        let year = int_arg(&mut args, "year")?.unwrap_or(i64::from(date.year()));
        let month = int_arg(&mut args, "month")?.unwrap_or(i64::from(date.month()));
        let day = int_arg(&mut args, "day")?.unwrap_or(i64::from(date.day()));
        args.finish()?;
        checked(year, month, day).map(|date| Value::object(Date::plain(date)))
    }),
];

fn this(args: &mut Args) -> Eval<civil::Date> {
    let value = args.expect("self")?;
    if let Some(date) = value.downcast::<Date>() {
        return Ok(date.day);
    }
    value.downcast::<Moment>().map(|moment| moment.civil.date()).ok_or_else(|| wrong_receiver(&DATE))
}

/// 0 for Monday.
pub(super) fn weekday(date: civil::Date) -> i8 {
    date.weekday().to_monday_zero_offset()
}

/// The proleptic Gregorian ordinal; 1 for 1 January of year 1.
pub(super) fn ordinal(date: civil::Date) -> i64 {
    let days = date.since(civil::date(1, 1, 1)).map_or(0, |span| span.get_days());
    i64::from(days) + 1
}

/// The day that is so many days after the last of the year 0.
pub(super) fn from_ordinal(ordinal: i64) -> Eval<civil::Date> {
    let date = ordinal
        .checked_sub(1)
        .filter(|days| *days >= 0)
        .and_then(|days| jiff::Span::new().try_days(days).ok())
        .and_then(|span| civil::date(1, 1, 1).checked_add(span).ok());
    date.ok_or_else(|| Stop::value_error("ordinal must be >= 1"))
}

/// A date of these parts, or the `ValueError` that CPython raises.
pub fn checked(year: i64, month: i64, day: i64) -> Eval<civil::Date> {
    if !(1..=9999).contains(&year) {
        return Err(Stop::value_error(format!("year {year} is out of range")));
    }
    if !(1..=12).contains(&month) {
        return Err(Stop::value_error("month must be in 1..12"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the ranges are checked above, and `day` by the constructor"
    )]
    let date = i8::try_from(day).ok().and_then(|day| civil::Date::new(year as i16, month as i8, day).ok());
    date.ok_or_else(|| Stop::value_error("day is out of range for month"))
}

/// The answer of a comparison operator to an ordering.
pub(crate) fn ordered(op: CmpOp, ordering: Ordering) -> Option<bool> {
    match op {
        CmpOp::Lt => Some(ordering.is_lt()),
        CmpOp::LtE => Some(ordering.is_le()),
        CmpOp::Gt => Some(ordering.is_gt()),
        CmpOp::GtE => Some(ordering.is_ge()),
        CmpOp::Eq => Some(ordering.is_eq()),
        CmpOp::NotEq => Some(ordering.is_ne()),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => None,
    }
}

/// The weekday's number in a week that begins on Sunday, as `%w` has it.
pub(super) fn sunday_zero(day: Weekday) -> i8 {
    day.to_sunday_zero_offset()
}

fn shifted(from: &Date, days: i128) -> Eval<Value> {
    let date = from.day;
    let shifted = i64::try_from(days)
        .ok()
        .and_then(|days| jiff::Span::new().try_days(days).ok())
        .and_then(|span| date.checked_add(span).ok())
        .filter(|date| (1..=9999).contains(&date.year()));
    match shifted {
        Some(day) => Ok(Value::object(Date { day, ..*from })),
        None => Err(Stop::raise(&OVERFLOW_ERROR, "date value out of range")),
    }
}

impl Object for Date {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "year" => Some(Value::int(self.day.year())),
            "month" => Some(Value::int(self.day.month())),
            "day" => Some(Value::int(self.day.day())),
            _ => None,
        })
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        if let Some(delta) = delta_of(other) {
            let duration = crate::modules::pendulum::duration::duration_of(other);
            if duration.is_some_and(|duration| duration.years != 0 || duration.months != 0) {
                return vm
                    .unknown(CauseKind::NotModelled, "adding months of pendulum to a date is not modelled");
            }
            let days = i128::from(delta.plain().days);
            return match (op, reflected) {
                (Operator::Add, _) => shifted(&self, days).map(Some),
                (Operator::Sub, false) => shifted(&self, -days).map(Some),
                _ => Ok(None),
            };
        }
        match (op, other.downcast::<Date>()) {
            (Operator::Sub, Some(other)) => {
                if self.class.module == "pendulum" || other.class.module == "pendulum" {
                    return vm.unknown(CauseKind::NotModelled, "a pendulum interval is not modelled");
                }
                let (left, right) = if reflected { (other.day, self.day) } else { (self.day, other.day) };
                let days = i128::from(ordinal(left) - ordinal(right));
                Ok(Some(Value::object(Delta::of(days * 86_400_000_000)?)))
            }
            _ => Ok(None),
        }
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        Ok(other.downcast::<Date>().and_then(|other| ordered(op, self.day.cmp(&other.day))))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<Date>().is_some_and(|other| other.day == self.day)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("date {}", self.day))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(self.day.to_string().into())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        let name = if self.class.module == "pendulum" { "Date" } else { "datetime.date" };
        Ok(format!("{name}({}, {}, {})", self.day.year(), self.day.month(), self.day.day()).into())
    }

    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        if spec.is_empty() {
            return self.str(vm);
        }
        strftime::strftime(vm, &Moment::naive(self.day.at(0, 0, 0, 0)), spec)
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Date(self.day)
    }
}
