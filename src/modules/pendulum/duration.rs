//! `pendulum.Duration`: a `timedelta` that remembers how it was written.
//!
//! Left out: years and months, whose length depends on where they are added, beside fixed lengths in arithmetic.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::modules::datetime::delta::{Delta, TIMEDELTA, delta_of};
use crate::modules::support::{not_modelled, receiver};
use crate::value::{Args, Eval, Native, Object, Operation, Stop, Type, Value};

/// A duration.
#[derive(Debug, Clone)]
pub struct Duration {
    /// Its length, a year as 365 days and a month as 30.
    pub delta: Delta,
    /// Years as written.
    pub years: i64,
    /// Months as written.
    pub months: i64,
    /// Whether weeks or days were written, so that adding it keeps the time of day.
    pub by_days: bool,
}

/// The class.
pub static DURATION: Type = Type {
    base: Some(&TIMEDELTA),
    methods: &[
        Native::new("total_minutes", |_, args| total(args, 60.0)),
        Native::new("total_hours", |_, args| total(args, 3_600.0)),
        Native::new("total_days", |_, args| total(args, 86_400.0)),
        Native::new("total_weeks", |_, args| total(args, 604_800.0)),
        Native::new("in_seconds", |_, args| whole(args, 1)),
        Native::new("in_minutes", |_, args| whole(args, 60)),
        Native::new("in_hours", |_, args| whole(args, 3_600)),
        Native::new("in_days", |_, args| whole(args, 86_400)),
        Native::new("in_weeks", |_, args| whole(args, 604_800)),
        Native::new("in_words", |vm, mut args| {
            let duration = receiver::<Duration>(&mut args, &DURATION)?;
            args.finish()?;
            duration.words(vm).map(Value::from)
        }),
        Native::new("as_timedelta", |_, mut args| {
            Ok(Value::object(receiver::<Duration>(&mut args, &DURATION)?.delta))
        }),
    ],
    ..Type::new("pendulum", "Duration", duration)
};

/// `pendulum.duration(…)`.
pub(super) fn duration(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let mut written = |at: usize, name: &str| -> Eval<i64> {
        let value = args.named(name).or_else(|| args.positional.remove(at).map(|arg| arg.value));
        match value {
            None => Ok(0),
            Some(Value::Float(_)) => Err(Stop::value_error("Float year and months are not supported")),
            Some(value) => crate::modules::datetime::int(value),
        }
    };
    let (months, years) = (written(8, "months")?, written(7, "years")?);
    let nonzero = |value: &Value| !matches!(value, Value::Int(number) if **number == 0.into());
    let by_days = args.positional.front().is_some_and(|days| nonzero(&days.value))
        || args.positional.get(6).is_some_and(|weeks| nonzero(&weeks.value))
        || args.named.iter().any(|(name, arg)| matches!(&**name, "days" | "weeks") && nonzero(&arg.value));
    let delta = vm.call(&Value::Type(&TIMEDELTA), args)?.known()?;
    let Some(delta) = delta_of(&delta) else {
        return not_modelled(vm, "this duration is not modelled");
    };
    let days = i128::from(years) * 365 + i128::from(months) * 30;
    let delta = Delta::of(delta.microseconds() + days * 86_400_000_000)?;
    Ok(Value::object(Duration { delta, years, months, by_days }))
}

/// The duration in a value, if it is one.
pub(crate) fn duration_of(value: &Value) -> Option<Rc<Duration>> {
    value.downcast::<Duration>()
}

fn total(mut args: Args, unit: f64) -> Eval<Value> {
    let duration = receiver::<Duration>(&mut args, &DURATION)?;
    args.finish()?;
    Ok(Value::Float(duration.delta.total_seconds() / unit))
}

fn whole(mut args: Args, unit: i128) -> Eval<Value> {
    let duration = receiver::<Duration>(&mut args, &DURATION)?;
    args.finish()?;
    Ok(Value::int(duration.delta.microseconds() / (unit * 1_000_000)))
}

impl Duration {
    /// The length without years and months, in microseconds.
    pub(super) fn rest(&self) -> i128 {
        let days = i128::from(self.years) * 365 + i128::from(self.months) * 30;
        self.delta.microseconds() - days * 86_400_000_000
    }

    /// Years, months, weeks, days, hours, minutes, seconds, each with the sign of the whole.
    fn parts(&self) -> [(&'static str, i128); 7] {
        let rest = self.rest();
        let sign = if rest < 0 { -1 } else { 1 };
        let seconds = rest.abs() / 1_000_000;
        let days = seconds / 86_400;
        [
            ("year", i128::from(self.years)),
            ("month", i128::from(self.months)),
            ("week", days / 7 * sign),
            ("day", days % 7 * sign),
            ("hour", seconds / 3_600 % 24 * sign),
            ("minute", seconds / 60 % 60 * sign),
            ("second", seconds % 60 * sign),
        ]
    }

    fn words(&self, vm: &Vm) -> Eval<String> {
        let parts: Vec<String> = self
            .parts()
            .iter()
            .filter(|(_, count)| *count != 0)
            .map(|(unit, count)| format!("{count} {unit}{}", if count.abs() == 1 { "" } else { "s" }))
            .collect();
        if parts.is_empty() {
            return not_modelled(vm, "the words for less than a second are not modelled");
        }
        Ok(parts.join(" "))
    }
}

impl Object for Duration {
    fn class(&self) -> Option<&'static Type> {
        Some(&DURATION)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let part = |unit: &str| {
            self.parts().into_iter().find(|(name, _)| *name == unit).map(|(_, count)| Value::int(count))
        };
        Ok(match name {
            "years" => part("year"),
            "months" => part("month"),
            "weeks" => part("week"),
            "remaining_days" => part("day"),
            "hours" => part("hour"),
            "minutes" => part("minute"),
            "remaining_seconds" => part("second"),
            "days" if self.rest() >= 0 => Some(Value::int(self.delta.plain().days)),
            "seconds" if self.rest() >= 0 => Some(Value::int(self.delta.plain().seconds)),
            "microseconds" if self.rest() >= 0 => Some(Value::int(self.delta.plain().microseconds)),
            "days" | "seconds" | "microseconds" => {
                return not_modelled(vm, "the parts of a negative duration are not modelled");
            }
            _ => None,
        })
    }

    fn truth(&self) -> Eval<bool> {
        Ok(self.delta.microseconds() != 0)
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        let plain = |microseconds: i128| {
            let delta = Delta::of(microseconds)?;
            Ok(Some(Value::object(Duration { delta, years: 0, months: 0, by_days: false })))
        };
        let own = self.delta.microseconds();
        match (op, delta_of(other), other) {
            (Operator::Add, Some(other), _) => plain(own + other.microseconds()),
            (Operator::Sub, Some(other), _) if reflected => plain(other.microseconds() - own),
            (Operator::Sub, Some(other), _) => plain(own - other.microseconds()),
            (Operator::Mult, None, Value::Int(number)) if self.years == 0 && self.months == 0 => {
                match num_traits::ToPrimitive::to_i128(&**number).and_then(|number| number.checked_mul(own)) {
                    Some(product) => plain(product),
                    None => not_modelled(vm, "the product is out of range"),
                }
            }
            (_, None, Value::Object(_)) => Ok(None),
            _ => not_modelled(vm, "this arithmetic on a pendulum duration is not modelled"),
        }
    }

    fn unary(self: Rc<Self>, vm: &mut Vm, _op: UnaryOp) -> Eval<Option<Value>> {
        not_modelled(vm, "this arithmetic on a pendulum duration is not modelled")
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        self.delta.compare(op, other)
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        self.delta.equals(other)
    }

    fn hash_text(&self) -> Option<String> {
        self.delta.hash_text()
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        self.words(vm).map(Into::into)
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        if self.rest() < 0 {
            return not_modelled(vm, "the text of a negative duration is not modelled");
        }
        let micros = self.delta.plain().microseconds;
        let mut parts: Vec<String> = self
            .parts()
            .iter()
            .filter(|(_, count)| *count != 0)
            .map(|(unit, count)| format!("{unit}s={count}"))
            .collect();
        // pendulum shows days wherever there are weeks, even none.
        if let Some(at) = parts.iter().position(|part| part.starts_with("weeks="))
            && !parts.iter().any(|part| part.starts_with("days="))
        {
            parts.insert(at + 1, "days=0".to_owned());
        }
        if micros != 0 {
            parts.push(format!("microseconds={micros}"));
        }
        Ok(format!("Duration({})", parts.join(", ")).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::TimeDelta(self.delta.plain())
    }
}
