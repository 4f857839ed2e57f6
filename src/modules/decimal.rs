//! `decimal.Decimal` and `fractions.Fraction` as far as they are made, shown and compared.
//!
//! Left out: arithmetic, contexts, rounding.

use std::rc::Rc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use ruff_python_ast::CmpOp;

use super::support::{no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Eval, Object, Operation, Stop, Type, Value};

/// The rows of `decimal`.
pub static DECIMAL_MODULE: ModuleTable =
    ModuleTable { name: "decimal", members: &[("Decimal", Member::Class(&DECIMAL))] };

/// The rows of `fractions`.
pub static FRACTIONS: ModuleTable =
    ModuleTable { name: "fractions", members: &[("Fraction", Member::Class(&FRACTION))] };

/// A number with a fraction: its text, and its value as a ratio.
struct Ratio {
    class: &'static Type,
    text: String,
    numerator: BigInt,
    denominator: BigInt,
}

static DECIMAL: Type = Type::new("decimal", "Decimal", |vm, mut args| {
    let value = args.take("value").unwrap_or_else(|| Value::int(0));
    args.finish()?;
    let text = match (value.text(), value.as_int()) {
        (Some(text), _) => text.trim().replace('_', ""),
        (None, Some(number)) => number.to_string(),
        (None, None) => return not_modelled(vm, "this form of `Decimal` is not modelled"),
    };
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = !digits.is_empty()
        && digits.len() < 1000
        && [whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && !whole.is_empty();
    // Leading zeros and small fractions are shown in another way than they are written.
    let shown_as_written = plain && (whole == "0" || !whole.starts_with('0')) && fraction.len() < 6;
    if !shown_as_written || text.starts_with('+') || digits.ends_with('.') {
        return not_modelled(vm, "this form of `Decimal` is not modelled");
    }
    let numerator = BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10).unwrap_or_default();
    let numerator = if text.starts_with('-') { -numerator } else { numerator };
    let denominator = BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap_or(0));
    Ok(Value::object(Ratio { class: &DECIMAL, text, numerator, denominator }))
});

static FRACTION: Type = Type::new("fractions", "Fraction", |vm, mut args| {
    let numerator = args.take("numerator").unwrap_or_else(|| Value::int(0)).as_int();
    let denominator = args.take("denominator").unwrap_or_else(|| Value::int(1)).as_int();
    args.finish()?;
    let (Some(numerator), Some(denominator)) = (numerator, denominator) else {
        return not_modelled(vm, "this form of `Fraction` is not modelled");
    };
    if denominator.is_zero() {
        let message = format!("Fraction({numerator}, 0)");
        return Err(Stop::raise(&crate::value::exception::ZERO_DIVISION_ERROR, message));
    }
    let common = numerator.gcd(&denominator) * if denominator.is_negative() { -1 } else { 1 };
    let numerator: BigInt = &*numerator / &common;
    let denominator: BigInt = &*denominator / &common;
    let text =
        if denominator == 1.into() { numerator.to_string() } else { format!("{numerator}/{denominator}") };
    Ok(Value::object(Ratio { class: &FRACTION, text, numerator, denominator }))
});

impl Ratio {
    /// Another number as a ratio.
    fn of(value: &Value) -> Option<(BigInt, BigInt)> {
        if let Some(ratio) = value.downcast::<Ratio>() {
            return Some((ratio.numerator.clone(), ratio.denominator.clone()));
        }
        if let Value::Float(float) = value {
            return float.is_finite().then(|| crate::value::float::ratio(*float));
        }
        value.as_int().map(|number| ((*number).clone(), BigInt::from(1)))
    }
}

impl Object for Ratio {
    fn class(&self) -> Option<&'static Type> {
        Some(self.class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "numerator" if self.class.name == "Fraction" => Some(Value::int(self.numerator.clone())),
            "denominator" if self.class.name == "Fraction" => Some(Value::int(self.denominator.clone())),
            _ => None,
        })
    }

    fn truth(&self) -> Eval<bool> {
        Ok(!self.numerator.is_zero())
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, _operation: Operation<'_>) -> Eval<Option<Value>> {
        not_modelled(vm, format!("arithmetic with a `{}` is not modelled", self.class.name))
    }

    fn unary(self: Rc<Self>, vm: &mut Vm, _op: ruff_python_ast::UnaryOp) -> Eval<Option<Value>> {
        not_modelled(vm, format!("arithmetic with a `{}` is not modelled", self.class.name))
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        let Some((numerator, denominator)) = Self::of(other) else { return Ok(None) };
        let ordering = (&self.numerator * denominator).cmp(&(numerator * &self.denominator));
        Ok(super::datetime::date::ordered(op, ordering))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let found = Self::of(other);
        Ok(Some(found.is_some_and(|(numerator, denominator)| {
            &self.numerator * denominator == numerator * &self.denominator
        })))
    }

    fn hash_text(&self) -> Option<String> {
        let common = self.numerator.gcd(&self.denominator);
        Some(format!("{}/{}", &self.numerator / &common, &self.denominator / &common))
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(self.text.as_str().into())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(if self.class.name == "Decimal" {
            format!("Decimal('{}')", self.text).into()
        } else {
            format!("Fraction({}, {})", self.numerator, self.denominator).into()
        })
    }

    fn format(&self, vm: &mut Vm, spec: &str) -> Eval<Rc<str>> {
        if spec.is_empty() {
            self.str(vm)
        } else {
            not_modelled(vm, "formatting this number is not modelled")
        }
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, &format!("a `{}`", self.class.name))
    }
}
