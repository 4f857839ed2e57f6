//! `timedelta`.

use std::rc::Rc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};
use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::wrong_receiver;
use crate::datum::{Datum, TimeDelta};
use crate::eval::{Collector, Vm};
use crate::value::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR};
use crate::value::{Args, Eval, Native, Object, Operation, Stop, Type, Value};

const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;

/// A `timedelta`, as its whole number of microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delta(i128);

/// The class.
pub static TIMEDELTA: Type = Type {
    methods: &[
        Native::new("total_seconds", |_, mut args| {
            let delta = this(&mut args)?;
            args.finish()?;
            Ok(Value::Float(delta.total_seconds()))
        }),
        Native::new("__divmod__", |vm, mut args| {
            let (left, right) = (args.need()?, args.need()?);
            args.finish()?;
            let quotient = vm.binary(Operator::FloorDiv, &left, &right)?;
            Ok(Value::tuple([quotient, vm.binary(Operator::Mod, &left, &right)?]))
        }),
        Native::new("__abs__", |_, mut args| {
            let delta = this(&mut args)?;
            Ok(Value::object(Delta(delta.0.abs())))
        }),
    ],
    constants: &[
        ("min", || Value::object(Delta(-999_999_999 * DAY))),
        ("max", || Value::object(Delta(1_000_000_000 * DAY - 1))),
        ("resolution", || Value::object(Delta(1))),
    ],
    ..Type::new("datetime", "timedelta", new)
};

fn this(args: &mut Args) -> Eval<Delta> {
    delta_of(&args.expect("self")?).ok_or_else(|| wrong_receiver(&TIMEDELTA))
}

fn new(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    const UNITS: [(&str, i128); 7] = [
        ("days", DAY),
        ("seconds", SECOND),
        ("microseconds", 1),
        ("milliseconds", 1_000),
        ("minutes", 60 * SECOND),
        ("hours", 3_600 * SECOND),
        ("weeks", 7 * DAY),
    ];
    let mut whole = BigInt::from(0);
    let mut part = 0.0;
    for (name, unit) in UNITS {
        match args.take(name) {
            None => {}
            Some(Value::Int(number)) => whole += &*number * BigInt::from(unit),
            Some(Value::Bool(flag)) => whole += i128::from(flag) * unit,
            Some(Value::Float(number)) => {
                if !number.is_finite() {
                    return Err(Stop::value_error("cannot convert float NaN to integer"));
                }
                let (units, rest) = (number.trunc(), number.fract());
                if units.abs() > 1e18 {
                    return Err(Stop::raise(&OVERFLOW_ERROR, "Python int too large to convert to C int"));
                }
                #[expect(clippy::cast_possible_truncation, reason = "the size is checked above")]
                let units = units as i128;
                whole += units * unit;
                #[expect(clippy::cast_precision_loss, reason = "a unit has at most 40 bits")]
                let unit = unit as f64;
                part += rest * unit;
            }
            Some(Value::Unknown(cause)) => return Err(Stop::Unknown(cause)),
            Some(other) => {
                return Err(Stop::type_error(format!(
                    "unsupported type for timedelta {name} component: {}",
                    other.type_name()
                )));
            }
        }
    }
    args.finish()?;
    whole += nearest(part, whole.is_odd());
    Delta::checked(whole.to_i128()).map(Value::object)
}

/// The fraction of a sum to the nearest whole number; a tie goes where the sum is even.
fn nearest(part: f64, sum_is_odd: bool) -> i128 {
    let rounded = part.round();
    #[expect(clippy::float_cmp, reason = "a tie is exact")]
    let is_tie = (rounded - part).abs() == 0.5;
    let odd = if sum_is_odd { 1.0 } else { 0.0 };
    let rounded = if is_tie { 2.0 * ((part + odd) * 0.5).round_ties_even() - odd } else { rounded };
    #[expect(clippy::cast_possible_truncation, reason = "the sum of seven fractions of a unit")]
    let rounded = rounded as i128;
    rounded
}

impl Delta {
    /// A delta of so many microseconds.
    pub fn of(microseconds: i128) -> Eval<Self> {
        Self::checked(Some(microseconds))
    }

    /// A delta of so many seconds.
    pub fn seconds(seconds: i64) -> Self {
        Self(i128::from(seconds) * SECOND)
    }

    fn checked(microseconds: Option<i128>) -> Eval<Self> {
        match microseconds {
            Some(number) if (-999_999_999 * DAY..1_000_000_000 * DAY).contains(&number) => Ok(Self(number)),
            _ => {
                let days = microseconds.map_or("?".to_owned(), |number| number.div_euclid(DAY).to_string());
                Err(Stop::raise(&OVERFLOW_ERROR, format!("days={days}; must have magnitude <= 999999999")))
            }
        }
    }

    /// Its microseconds.
    pub fn microseconds(self) -> i128 {
        self.0
    }

    /// `total_seconds()`.
    pub fn total_seconds(self) -> f64 {
        crate::value::float::divide(&self.0.into(), &1_000_000.into())
    }

    /// Times a float, or by it where `inverse`: exact, then to the nearest, ties to even.
    fn scaled(self, by: f64, inverse: bool) -> Eval<Value> {
        if !by.is_finite() {
            let message = if by.is_nan() {
                "cannot convert NaN to integer ratio"
            } else {
                "cannot convert Infinity to integer ratio"
            };
            let class = if by.is_nan() { &crate::value::exception::VALUE_ERROR } else { &OVERFLOW_ERROR };
            return Err(Stop::raise(class, message));
        }
        let (mut numerator, mut denominator) = crate::value::float::ratio(by);
        if inverse {
            std::mem::swap(&mut numerator, &mut denominator);
        }
        if denominator.is_negative() {
            (numerator, denominator) = (-numerator, -denominator);
        }
        let (floor, rest) = (numerator * BigInt::from(self.0)).div_mod_floor(&denominator);
        let twice = rest * 2;
        let up = twice > denominator || twice == denominator && floor.is_odd();
        let nearest = if up { floor + 1 } else { floor };
        Self::checked(nearest.to_i128()).map(Value::object)
    }

    /// Plain data.
    pub fn plain(self) -> TimeDelta {
        let rest = self.0.rem_euclid(DAY);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the remainders are small"
        )]
        TimeDelta {
            days: self.0.div_euclid(DAY) as i64,
            seconds: (rest / SECOND) as u32,
            microseconds: (rest % SECOND) as u32,
        }
    }

    fn show(self) -> String {
        let TimeDelta { days, seconds, microseconds } = self.plain();
        let mut text = String::new();
        if days != 0 {
            let plural = if days.abs() == 1 { "" } else { "s" };
            text = format!("{days} day{plural}, ");
        }
        text += &format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        if microseconds != 0 {
            text += &format!(".{microseconds:06}");
        }
        text
    }
}

/// Division to the nearest, ties to even, as `timedelta / int` does it.
fn divide_nearest(number: i128, by: i128) -> i128 {
    let (floor, rest) = (number.div_euclid(by), number.rem_euclid(by));
    let twice = rest * 2;
    if twice > by.abs() || (twice == by.abs() && floor % 2 != 0) { floor + by.signum() } else { floor }
}

impl Object for Delta {
    fn class(&self) -> Option<&'static Type> {
        Some(&TIMEDELTA)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let plain = self.plain();
        Ok(match name {
            "days" => Some(Value::int(plain.days)),
            "seconds" => Some(Value::int(plain.seconds)),
            "microseconds" => Some(Value::int(plain.microseconds)),
            _ => None,
        })
    }

    fn truth(&self) -> Eval<bool> {
        Ok(self.0 != 0)
    }

    fn binary(
        self: Rc<Self>,
        _vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        let by_zero = || Stop::raise(&ZERO_DIVISION_ERROR, "integer division or modulo by zero");
        if let Some(other) = other.downcast::<Delta>() {
            let (left, right) = if reflected { (other.0, self.0) } else { (self.0, other.0) };
            return Ok(Some(match op {
                Operator::Add => Value::object(Delta::of(left + right)?),
                Operator::Sub => Value::object(Delta::of(left - right)?),
                Operator::Div | Operator::FloorDiv | Operator::Mod if right == 0 => return Err(by_zero()),
                Operator::Div => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "the quotient of two exact numbers below 2**67"
                    )]
                    let quotient = left as f64 / right as f64;
                    Value::Float(quotient)
                }
                Operator::FloorDiv => Value::int(Integer::div_floor(&left, &right)),
                Operator::Mod => Value::object(Delta::of(Integer::mod_floor(&left, &right))?),
                _ => return Ok(None),
            }));
        }
        match (op, other, reflected) {
            (Operator::Mult, Value::Int(number), _) => {
                let number = number.to_i128().and_then(|number| number.checked_mul(self.0));
                Delta::checked(number).map(|delta| Some(Value::object(delta)))
            }
            (Operator::Mult, Value::Bool(flag), _) => {
                Ok(Some(Value::object(Delta(self.0 * i128::from(*flag)))))
            }
            (Operator::Mult, Value::Float(number), _) => self.scaled(*number, false).map(Some),
            (Operator::Div | Operator::FloorDiv, Value::Int(number), false) => {
                let Some(number) = number.to_i128() else { return Ok(Some(Value::object(Delta(0)))) };
                if number == 0 {
                    return Err(by_zero());
                }
                let quotient = if op == Operator::Div {
                    divide_nearest(self.0 * number.signum(), number.abs())
                } else {
                    (self.0 * number.signum()).div_euclid(number.abs())
                };
                Ok(Some(Value::object(Delta::of(quotient)?)))
            }
            (Operator::Div, Value::Float(number), false) => {
                if *number == 0.0 {
                    return Err(Stop::raise(&ZERO_DIVISION_ERROR, "division by zero"));
                }
                self.scaled(*number, true).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn unary(self: Rc<Self>, _vm: &mut Vm, op: UnaryOp) -> Eval<Option<Value>> {
        Ok(match op {
            UnaryOp::USub => Some(Value::object(Delta(-self.0))),
            UnaryOp::UAdd => Some(Value::object(*self)),
            UnaryOp::Invert | UnaryOp::Not => None,
        })
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        Ok(delta_of(other).and_then(|other| super::date::ordered(op, self.cmp(&other))))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(delta_of(other).is_some_and(|other| other == *self)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("timedelta {}", self.0))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(self.show().into())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        let TimeDelta { days, seconds, microseconds } = self.plain();
        let parts: Vec<String> =
            [("days", days), ("seconds", i64::from(seconds)), ("microseconds", i64::from(microseconds))]
                .iter()
                .filter(|(_, number)| *number != 0)
                .map(|(name, number)| format!("{name}={number}"))
                .collect();
        let parts = if parts.is_empty() { "0".to_owned() } else { parts.join(", ") };
        Ok(format!("datetime.timedelta({parts})").into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::TimeDelta(self.plain())
    }
}

/// A delta from a value, where it is one.
pub fn delta_of(value: &Value) -> Option<Delta> {
    let plain = value.downcast::<Delta>().map(|delta| *delta);
    plain.or_else(|| crate::modules::pendulum::duration::duration_of(value).map(|duration| duration.delta))
}
