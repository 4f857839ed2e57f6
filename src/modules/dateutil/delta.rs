//! `relativedelta`: relative parts that are added, absolute parts that replace.

use std::rc::Rc;

use ruff_python_ast::{Operator, UnaryOp};

use super::weekday::{self, Weekday};
use crate::datum::{Datum, TypedObject};
use crate::eval::{Collector, Vm};
use crate::modules::datetime::delta::Delta;
use crate::modules::datetime::{Date, Moment, date, int, time};
use crate::modules::support::not_modelled;
use crate::value::{Args, Eval, Native, Object, Operation, Stop, Type, Value};

/// A `relativedelta`, normalised as dateutil normalises it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RelativeDelta {
    /// Years, months, days, hours, minutes, seconds, microseconds, each with its sign.
    relative: [i64; 7],
    /// Year, month, day, hour, minute, second, microsecond.
    absolute: [Option<i64>; 7],
    weekday: Option<Weekday>,
}

const RELATIVE: [&str; 7] = ["years", "months", "days", "hours", "minutes", "seconds", "microseconds"];
const ABSOLUTE: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

/// The class.
pub(super) static RELATIVE_DELTA: Type = Type {
    methods: &[Native::new("normalized", |_, mut args| args.expect("self"))],
    ..Type::new("dateutil.relativedelta", "relativedelta", new)
};

fn new(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let mut delta = RelativeDelta::default();
    for (slot, name) in delta.relative.iter_mut().zip(RELATIVE) {
        match args.named(name) {
            None => {}
            Some(Value::Float(number)) if number.fract() == 0.0 || matches!(name, "years" | "months") => {
                if number.fract() != 0.0 {
                    return Err(Stop::value_error(
                        "Non-integer years and months are ambiguous and not currently supported.",
                    ));
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "out of range ends in an error behind it"
                )]
                let number = number as i64;
                *slot = number;
            }
            Some(Value::Float(_)) => {
                return not_modelled(vm, "fractions in a `relativedelta` are not modelled");
            }
            Some(value) => *slot = int(value)?,
        }
    }
    if let Some(weeks) = args.named("weeks") {
        delta.relative[2] = int(weeks)?.saturating_mul(7).saturating_add(delta.relative[2]);
    }
    for (slot, name) in delta.absolute.iter_mut().zip(ABSOLUTE) {
        *slot = args.named(name).filter(|value| !value.is_none()).map(int).transpose()?;
    }
    if let Some(day) = args.named("weekday").filter(|day| !day.is_none()) {
        delta.weekday = match day.downcast::<Weekday>() {
            Some(day) => Some(*day),
            None => match i8::try_from(int(day)?) {
                Ok(day @ 0..=6) => weekday::value(day).downcast::<Weekday>().map(|day| *day),
                _ => {
                    return Err(Stop::raise(
                        &crate::value::exception::INDEX_ERROR,
                        "tuple index out of range",
                    ));
                }
            },
        };
    }
    if !args.positional.is_empty() || args.finish().is_err() {
        return not_modelled(vm, "this form of `relativedelta` is not modelled");
    }
    Ok(Value::object(delta.fixed()))
}

impl RelativeDelta {
    /// Carries what is too much for a unit into the next one.
    fn fixed(mut self) -> Self {
        for (at, limit) in [(6, 1_000_000), (5, 60), (4, 60), (3, 24)] {
            let part = self.relative[at];
            self.relative[at] = part % limit;
            self.relative[at - 1] = self.relative[at - 1].saturating_add(part / limit);
        }
        let months = self.relative[1];
        self.relative[1] = months % 12;
        self.relative[0] = self.relative[0].saturating_add(months / 12);
        self
    }

    fn scaled(&self, factor: i64) -> Self {
        let relative = self.relative.map(|part| part.saturating_mul(factor));
        Self { relative, ..self.clone() }.fixed()
    }

    fn has_time(&self) -> bool {
        self.relative[3..].iter().any(|part| *part != 0) || self.absolute[3..].iter().any(Option::is_some)
    }

    /// What adding it to a date or a datetime gives.
    ///
    /// Source: `relativedelta.__radd__` of dateutil 2.9.
    fn added_to(&self, vm: &mut Vm, other: &Value) -> Eval<Option<Value>> {
        let (moment, is_date) = match (other.downcast::<Moment>(), other.downcast::<Date>()) {
            (Some(moment), _) => ((*moment).clone(), false),
            (None, Some(date)) => (Moment::naive(date.day.at(0, 0, 0, 0)), !self.has_time()),
            (None, None) => return Ok(None),
        };
        let civil = moment.civil;
        let part = |at: usize, now: i64| self.absolute[at].unwrap_or(now);
        let months = part(1, civil.month().into()) - 1 + self.relative[1];
        let year = part(0, civil.year().into()) + self.relative[0] + months.div_euclid(12);
        let month = months.rem_euclid(12) + 1;
        let last = i64::from(date::checked(year, month, 1)?.days_in_month());
        let day = part(2, civil.day().into()).min(last);
        let clock = time::checked(
            part(3, civil.hour().into()),
            part(4, civil.minute().into()),
            part(5, civil.second().into()),
            part(6, i64::from(civil.subsec_nanosecond() / 1_000)),
        )?;
        let civil = date::checked(year, month, day)?.to_datetime(clock);
        let replaced = if moment.class.module == "pendulum" {
            crate::modules::pendulum::create::create(civil, moment.zone.clone(), moment.fold)?
        } else {
            Moment { civil, ..moment }
        };
        let seconds = self.relative[2..6].iter().zip([86_400, 3_600, 60, 1]);
        let seconds: i128 = seconds.map(|(part, unit)| i128::from(*part) * unit).sum();
        let length = Value::object(Delta::of(seconds * 1_000_000 + i128::from(self.relative[6]))?);
        let mut value = vm.binary(Operator::Add, &Value::object(replaced), &length)?;
        if let Some(weekday) = self.weekday {
            let Some(moment) = value.downcast::<Moment>() else { return Ok(None) };
            let now = i64::from(moment.civil.weekday().to_monday_zero_offset());
            let (day, nth) = (i64::from(weekday.day), weekday.nth.unwrap_or(1));
            let jump = (nth.abs() - 1).saturating_mul(7);
            let days = if nth > 0 { jump + (7 - now + day) % 7 } else { -(jump + (now - day).rem_euclid(7)) };
            let length = Value::object(Delta::of(i128::from(days) * 86_400_000_000)?);
            value = vm.binary(Operator::Add, &value, &length)?;
        }
        match value.downcast::<Moment>() {
            Some(moment) if is_date => Ok(Some(Value::object(Date::plain(moment.civil.date())))),
            _ => Ok(Some(value)),
        }
    }

    fn keywords(&self) -> Vec<(&'static str, Value)> {
        let relative = RELATIVE.iter().zip(self.relative).filter(|(_, part)| *part != 0);
        let mut keywords: Vec<(&'static str, Value)> =
            relative.map(|(name, part)| (*name, Value::int(part))).collect();
        for (name, part) in ABSOLUTE.iter().zip(self.absolute) {
            keywords.extend(part.map(|part| (*name, Value::int(part))));
        }
        keywords.extend(self.weekday.map(|day| ("weekday", Value::object(day))));
        keywords
    }
}

impl Object for RelativeDelta {
    fn class(&self) -> Option<&'static Type> {
        Some(&RELATIVE_DELTA)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if let Some(at) = RELATIVE.iter().position(|other| *other == name) {
            return Ok(Some(Value::int(self.relative[at])));
        }
        if let Some(at) = ABSOLUTE.iter().position(|other| *other == name) {
            return Ok(Some(self.absolute[at].map_or(Value::None, Value::int)));
        }
        Ok(match name {
            "weeks" => Some(Value::int(self.relative[2] / 7)),
            "weekday" => Some(self.weekday.map_or(Value::None, Value::object)),
            _ => None,
        })
    }

    fn truth(&self) -> Eval<bool> {
        Ok(!self.keywords().is_empty())
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        if let Some(other) = other.downcast::<RelativeDelta>() {
            let sign = match op {
                Operator::Add => 1,
                Operator::Sub => -1,
                _ => return Ok(None),
            };
            let (left, right) = if reflected { (&*other, &*self) } else { (&*self, &*other) };
            let mut relative = left.relative;
            for (part, more) in relative.iter_mut().zip(right.relative) {
                *part = part.saturating_add(more.saturating_mul(sign));
            }
            let mut absolute = left.absolute;
            for (part, other) in absolute.iter_mut().zip(right.absolute) {
                // Adding lets the right side win, subtracting the left.
                *part = if sign > 0 { other.or(*part) } else { part.or(other) };
            }
            let weekday =
                if sign > 0 { right.weekday.or(left.weekday) } else { left.weekday.or(right.weekday) };
            return Ok(Some(Value::object(RelativeDelta { relative, absolute, weekday }.fixed())));
        }
        match (op, other) {
            (Operator::Add, _) if other.downcast::<Delta>().is_some() => {
                not_modelled(vm, "a `relativedelta` and a `timedelta` added are not modelled")
            }
            (Operator::Add, _) => self.added_to(vm, other),
            (Operator::Sub, _) if reflected => self.scaled(-1).added_to(vm, other),
            (Operator::Mult, Value::Int(_) | Value::Bool(_)) => {
                Ok(Some(Value::object(self.scaled(int(other.clone())?))))
            }
            (Operator::Mult | Operator::Div, Value::Float(_) | Value::Int(_)) => {
                not_modelled(vm, "fractions of a `relativedelta` are not modelled")
            }
            _ => Ok(None),
        }
    }

    fn unary(self: Rc<Self>, _vm: &mut Vm, op: UnaryOp) -> Eval<Option<Value>> {
        Ok(matches!(op, UnaryOp::USub).then(|| Value::object(self.scaled(-1))))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<RelativeDelta>().is_some_and(|other| *other == *self)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("{self:?}"))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let mut parts: Vec<String> = RELATIVE
            .iter()
            .zip(self.relative)
            .filter(|(_, part)| *part != 0)
            .map(|(name, part)| format!("{name}={part:+}"))
            .collect();
        for (name, value) in self.keywords().into_iter().filter(|(name, _)| !RELATIVE.contains(name)) {
            parts.push(format!("{name}={}", vm.repr(&value)?));
        }
        Ok(format!("relativedelta({})", parts.join(", ")).into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        let kwargs = self
            .keywords()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), collector.datum(&value)))
            .collect();
        Datum::Object(Box::new(TypedObject {
            path: "dateutil.relativedelta.relativedelta".to_owned(),
            args: Vec::new(),
            kwargs,
        }))
    }
}
