//! The builtins that reckon with one number or two.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use ruff_python_ast::Operator;

use super::{call_method, two};
use crate::eval::Vm;
use crate::value::{Args, Eval, Stop, Value, arithmetic};

pub(super) fn abs(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.need()?;
    args.finish()?;
    if let Some(found) = call_method(vm, &value, "__abs__", &[])? {
        return Ok(found);
    }
    match value.plain() {
        Value::Float(float) => Ok(Value::Float(float.abs())),
        plain => match plain.as_int() {
            Some(number) => Ok(Value::int(number.abs())),
            None => Err(Stop::type_error(format!("bad operand type for abs(): '{}'", value.type_name()))),
        },
    }
}

/// `bin`, `oct`, `hex`.
pub(super) fn based(vm: &mut Vm, mut args: Args, radix: u32, prefix: &str) -> Eval<Value> {
    let value = args.need()?;
    args.finish()?;
    let number = vm.index(&value)?;
    let sign = if number.is_negative() { "-" } else { "" };
    Ok(Value::from(format!("{sign}{prefix}{}", number.magnitude().to_str_radix(radix))))
}

pub(super) fn divmod(vm: &mut Vm, args: Args) -> Eval<Value> {
    two(args, |left, right| {
        if let Some(found) = call_method(vm, left, "__divmod__", std::slice::from_ref(right))? {
            return Ok(found);
        }
        if left.plain().as_int().is_none() && !matches!(left.plain(), Value::Float(_) | Value::Object(_)) {
            return Err(Stop::type_error(format!(
                "unsupported operand type(s) for divmod(): '{}' and '{}'",
                left.type_name(),
                right.type_name()
            )));
        }
        let quotient = vm.binary(Operator::FloorDiv, left, right)?;
        let rest = vm.binary(Operator::Mod, left, right)?;
        Ok(Value::tuple(vec![quotient, rest]))
    })
}

pub(super) fn pow(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (base, exponent) = (args.expect("base")?, args.expect("exp")?);
    let modulus = args.take("mod").filter(|modulus| !modulus.is_none());
    args.finish()?;
    let Some(modulus) = modulus else { return vm.binary(Operator::Pow, &base, &exponent) };
    let (Some(base), Some(exponent), Some(modulus)) = (base.as_int(), exponent.as_int(), modulus.as_int())
    else {
        return Err(Stop::type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    };
    if modulus.is_zero() {
        return Err(Stop::value_error("pow() 3rd argument cannot be 0"));
    }
    if exponent.is_negative() {
        return match base.modinv(&modulus) {
            Some(inverse) => Ok(Value::int(inverse.modpow(&exponent.abs(), &modulus))),
            None => Err(Stop::value_error("base is not invertible for the given modulus")),
        };
    }
    Ok(Value::int(base.modpow(&exponent, &modulus)))
}

pub(super) fn round(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.expect("number")?;
    let digits = args.take("ndigits").filter(|digits| !digits.is_none());
    args.finish()?;
    if let Some(found) = call_method(vm, &value, "__round__", digits.as_slice())? {
        return Ok(found);
    }
    let digits: Option<BigInt> = match digits {
        Some(digits) => Some(vm.index(&digits)?),
        None => None,
    };
    match arithmetic::round(vm, &value.plain(), digits.as_ref())? {
        Some(rounded) => Ok(rounded),
        None => Err(Stop::type_error(format!("type {} doesn't define __round__ method", value.type_name()))),
    }
}
