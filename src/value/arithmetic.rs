//! Arithmetic of `int`, `float` and `bool`, as CPython rounds and fails.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};
use ruff_python_ast::{Operator, UnaryOp};

use super::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR};
use super::{Eval, Stop, Value, float};
use crate::eval::Vm;

/// `left op right` for numbers; nothing where one is none.
pub fn binary(vm: &mut Vm, op: Operator, left: &Value, right: &Value) -> Eval<Option<Value>> {
    match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => match op {
            Operator::BitAnd => return Ok(Some(Value::Bool(a & b))),
            Operator::BitOr => return Ok(Some(Value::Bool(a | b))),
            Operator::BitXor => return Ok(Some(Value::Bool(a ^ b))),
            _ => {}
        },
        (Value::Float(a), Value::Float(b)) => return float_binary(vm, op, *a, *b),
        (Value::Float(a), _) if right.as_int().is_some() => {
            if let Some(b) = vm.as_float(right)? {
                return float_binary(vm, op, *a, b);
            }
        }
        (_, Value::Float(b)) if left.as_int().is_some() => {
            if let Some(a) = vm.as_float(left)? {
                return float_binary(vm, op, a, *b);
            }
        }
        _ => {}
    }
    match (left.as_int(), right.as_int()) {
        (Some(a), Some(b)) if op != Operator::MatMult => int_binary(vm, op, &a, &b).map(Some),
        _ => Ok(None),
    }
}

/// `left op right` for whole numbers.
pub fn int_binary(vm: &mut Vm, op: Operator, left: &BigInt, right: &BigInt) -> Eval<Value> {
    let number = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => {
            vm.check_bits(left.bits() + right.bits())?;
            left * right
        }
        Operator::Div => {
            if right.is_zero() {
                return Err(Stop::raise(&ZERO_DIVISION_ERROR, "division by zero"));
            }
            let quotient = float::divide(left, right);
            if quotient.is_infinite() {
                return Err(Stop::raise(&OVERFLOW_ERROR, "integer division result too large for a float"));
            }
            return Ok(Value::Float(quotient));
        }
        Operator::Mod if right.is_zero() => {
            return Err(Stop::raise(&ZERO_DIVISION_ERROR, "integer modulo by zero"));
        }
        Operator::FloorDiv if right.is_zero() => {
            return Err(Stop::raise(&ZERO_DIVISION_ERROR, "integer division or modulo by zero"));
        }
        Operator::FloorDiv => left.div_floor(right),
        Operator::Mod => left.mod_floor(right),
        Operator::Pow => return int_power(vm, left, right),
        Operator::LShift | Operator::RShift if right.is_negative() => {
            return Err(Stop::value_error("negative shift count"));
        }
        Operator::LShift if left.is_zero() => BigInt::zero(),
        Operator::LShift => {
            let shift = right.to_u64().unwrap_or(u64::MAX);
            vm.check_bits(left.bits().saturating_add(shift))?;
            left << shift
        }
        Operator::RShift => match right.to_u64() {
            Some(shift) => left >> shift,
            None if left.is_negative() => BigInt::from(-1),
            None => BigInt::zero(),
        },
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::BitAnd => left & right,
        Operator::MatMult => {
            return Err(Stop::type_error("unsupported operand type(s) for @: 'int' and 'int'"));
        }
    };
    vm.check_bits(number.bits())?;
    Ok(Value::int(number))
}

fn int_power(vm: &mut Vm, left: &BigInt, right: &BigInt) -> Eval<Value> {
    if right.is_negative() {
        let (a, b) = (vm.int_to_float(left)?, vm.int_to_float(right)?);
        if left.is_zero() {
            return Err(zero_power());
        }
        return float_power(vm, a, b);
    }
    if left.is_one() || left.is_zero() || left.magnitude().is_one() {
        let odd = right.is_odd();
        let number = match (left.sign(), odd) {
            _ if right.is_zero() => BigInt::one(),
            (Sign::Minus, true) => BigInt::from(-1),
            (Sign::NoSign, _) => BigInt::zero(),
            (Sign::Minus | Sign::Plus, _) => BigInt::one(),
        };
        return Ok(Value::int(number));
    }
    let exponent = right.to_u32().unwrap_or(u32::MAX);
    vm.check_bits((left.bits() - 1).saturating_mul(u64::from(exponent)))?;
    Ok(Value::int(left.pow(exponent)))
}

fn zero_power() -> Stop {
    Stop::raise(&ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power")
}

fn float_binary(vm: &mut Vm, op: Operator, left: f64, right: f64) -> Eval<Option<Value>> {
    let number = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right == 0.0 => {
            return Err(Stop::raise(&ZERO_DIVISION_ERROR, "float division by zero"));
        }
        Operator::Div => left / right,
        Operator::FloorDiv | Operator::Mod if right == 0.0 => {
            let message = if op == Operator::Mod { "float modulo" } else { "float floor division by zero" };
            return Err(Stop::raise(&ZERO_DIVISION_ERROR, message));
        }
        Operator::FloorDiv => float_divmod(left, right).0,
        Operator::Mod => float_divmod(left, right).1,
        Operator::Pow => return float_power(vm, left, right).map(Some),
        Operator::MatMult
        | Operator::LShift
        | Operator::RShift
        | Operator::BitOr
        | Operator::BitXor
        | Operator::BitAnd => return Ok(None),
    };
    Ok(Some(Value::Float(number)))
}

/// Quotient and remainder as CPython has them; `right` is not zero.
pub fn float_divmod(left: f64, right: f64) -> (f64, f64) {
    let mut rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest == 0.0 {
        rest = 0f64.copysign(right);
    } else if (right < 0.0) != (rest < 0.0) {
        rest += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(left / right), rest);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, rest)
}

fn float_power(vm: &mut Vm, left: f64, right: f64) -> Eval<Value> {
    if left == 0.0 && right < 0.0 {
        return Err(zero_power());
    }
    if left < 0.0 && left.is_finite() && right.is_finite() && right.fract() != 0.0 {
        return vm.unsupported("complex numbers are not modelled");
    }
    let power = left.powf(right);
    if power.is_infinite() && left.is_finite() && right.is_finite() {
        return Err(Stop::raise(&OVERFLOW_ERROR, "(34, 'Numerical result out of range')"));
    }
    Ok(Value::Float(power))
}

/// `-x`, `+x`, `~x` for numbers.
pub fn unary(op: UnaryOp, value: &Value) -> Option<Value> {
    if let Value::Float(float) = value {
        return match op {
            UnaryOp::USub => Some(Value::Float(-float)),
            UnaryOp::UAdd => Some(Value::Float(*float)),
            UnaryOp::Invert | UnaryOp::Not => None,
        };
    }
    let number = value.as_int()?;
    Some(match op {
        UnaryOp::USub => Value::int(-&*number),
        UnaryOp::UAdd => Value::Int(number),
        UnaryOp::Invert => Value::int(-&*number - 1),
        UnaryOp::Not => return None,
    })
}

/// `round(number, digits)`; `None` for what is no number.
pub fn round(vm: &mut Vm, value: &Value, digits: Option<&BigInt>) -> Eval<Option<Value>> {
    let Value::Float(float) = *value else {
        let Some(number) = value.as_int() else { return Ok(None) };
        let places = match digits {
            Some(digits) if digits.is_negative() => digits.magnitude().to_u32().unwrap_or(u32::MAX),
            Some(_) | None => return Ok(Some(Value::Int(number))),
        };
        // A unit longer than the number rounds it to zero.
        if u64::from(places) > number.bits() + 1 {
            return Ok(Some(Value::int(0)));
        }
        let unit = BigInt::from(10).pow(places);
        return Ok(Some(Value::int(round_half_even(&number, &unit) * unit)));
    };
    let Some(digits) = digits else {
        return vm.float_to_int(float.round_ties_even()).map(|number| Some(Value::int(number)));
    };
    if !float.is_finite() || float == 0.0 {
        return Ok(Some(Value::Float(float)));
    }
    // Beyond these a float has no digits to round, or nothing is left of it.
    let rounded = match digits.to_i32() {
        Some(digits) if digits > 323 => float,
        Some(digits) if digits < -308 => 0f64.copysign(float),
        Some(digits) if digits >= 0 => {
            let places = usize::try_from(digits).unwrap_or(0);
            format!("{float:.places$}").parse().unwrap_or(float)
        }
        Some(digits) => {
            let unit = BigInt::from(10).pow(digits.unsigned_abs());
            let (numerator, denominator) = float::ratio(float);
            let units = round_half_even(&numerator, &(&unit * denominator)) * unit;
            units.to_f64().unwrap_or(float).abs().copysign(float)
        }
        None if digits.is_positive() => float,
        None => 0f64.copysign(float),
    };
    if rounded.is_infinite() {
        return Err(Stop::raise(&OVERFLOW_ERROR, "rounded value too large to represent"));
    }
    Ok(Some(Value::Float(rounded)))
}

/// `number / unit` rounded half to even; `unit` is positive.
fn round_half_even(number: &BigInt, unit: &BigInt) -> BigInt {
    let (quotient, rest) = number.div_mod_floor(unit);
    let twice = rest * 2;
    if twice > *unit || twice == *unit && quotient.is_odd() { quotient + 1 } else { quotient }
}

/// The whole number nearest to a finite float that is one.
pub fn whole(float: f64) -> Option<BigInt> {
    if float.fract() == 0.0 { BigInt::from_f64(float) } else { None }
}
