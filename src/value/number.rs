//! `int`, `float` and `bool`: arithmetic, and the tables of their methods.

use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{FromPrimitive, Num, One, Signed, ToPrimitive, Zero};
use ruff_python_ast::{Operator, UnaryOp};

use super::convert::receiver;
use super::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR};
use super::{Args, Eval, Native, Stop, Type, Value, float, unicode};
use crate::eval::Vm;

/// The most digits that Python reads a decimal number from.
const MAX_DIGITS: usize = 4300;

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

macro_rules! operator {
    ($name:literal, $op:ident) => {
        Native::new($name, |vm, mut args| {
            let (left, right) = (args.need()?, args.need()?);
            args.finish()?;
            Ok(binary(vm, Operator::$op, &left.plain(), &right.plain())?.unwrap_or(Value::NotImplemented))
        })
    };
    ($name:literal, reflected $op:ident) => {
        Native::new($name, |vm, mut args| {
            let (right, left) = (args.need()?, args.need()?);
            args.finish()?;
            Ok(binary(vm, Operator::$op, &left.plain(), &right.plain())?.unwrap_or(Value::NotImplemented))
        })
    };
}

macro_rules! with_int {
    ($name:literal, |$vm:ident, $number:ident| $body:expr) => {
        Native::new($name, |$vm, mut args| {
            let $number = int_receiver(&mut args)?;
            args.finish()?;
            Ok($body)
        })
    };
}

macro_rules! with_float {
    ($name:literal, |$vm:ident, $number:ident| $body:expr) => {
        Native::new($name, |$vm, mut args| {
            let $number = float_receiver(&mut args)?;
            args.finish()?;
            Ok($body)
        })
    };
}

fn int_receiver(args: &mut Args) -> Eval<Rc<BigInt>> {
    receiver(args, "int", |value| value.as_int())
}

fn float_receiver(args: &mut Args) -> Eval<f64> {
    receiver(args, "float", |value| match value {
        Value::Float(float) => Some(float),
        _ => None,
    })
}

/// `int`.
pub static INT: Type = Type {
    methods: &[
        with_int!("bit_length", |_vm, number| Value::int(number.bits())),
        with_int!("bit_count", |_vm, number| Value::int(number.magnitude().count_ones())),
        with_int!("conjugate", |_vm, number| Value::Int(number)),
        with_int!("is_integer", |_vm, _number| Value::Bool(true)),
        with_int!("as_integer_ratio", |_vm, number| {
            Value::tuple(vec![Value::Int(number), Value::int(1)])
        }),
        with_int!("__int__", |_vm, number| Value::Int(number)),
        with_int!("__index__", |_vm, number| Value::Int(number)),
        with_int!("__trunc__", |_vm, number| Value::Int(number)),
        with_int!("__floor__", |_vm, number| Value::Int(number)),
        with_int!("__ceil__", |_vm, number| Value::Int(number)),
        with_int!("__float__", |vm, number| Value::Float(vm.int_to_float(&number)?)),
        with_int!("__bool__", |_vm, number| Value::Bool(!number.is_zero())),
        with_int!("__abs__", |_vm, number| Value::int(number.abs())),
        with_int!("__neg__", |_vm, number| Value::int(-&*number)),
        Native::new("to_bytes", to_bytes),
        operator!("__add__", Add),
        operator!("__radd__", reflected Add),
        operator!("__sub__", Sub),
        operator!("__rsub__", reflected Sub),
        operator!("__mul__", Mult),
        operator!("__rmul__", reflected Mult),
        operator!("__truediv__", Div),
        operator!("__floordiv__", FloorDiv),
        operator!("__mod__", Mod),
        operator!("__pow__", Pow),
        operator!("__and__", BitAnd),
        operator!("__or__", BitOr),
        operator!("__xor__", BitXor),
        operator!("__lshift__", LShift),
        operator!("__rshift__", RShift),
    ],
    statics: &[Native::new("from_bytes", from_bytes)],
    ..Type::new("builtins", "int", new_int)
};

/// `bool`.
pub static BOOL: Type = Type {
    base: Some(&INT),
    ..Type::new("builtins", "bool", |vm, mut args| {
        let value = args.pop();
        args.finish()?;
        match value {
            Some(value) => vm.truth(&value).map(Value::Bool),
            None => Ok(Value::Bool(false)),
        }
    })
};

/// `float`.
pub static FLOAT: Type = Type {
    methods: &[
        with_float!("is_integer", |_vm, float| Value::Bool(float.is_finite() && float.fract() == 0.0)),
        with_float!("conjugate", |_vm, float| Value::Float(float)),
        with_float!("__float__", |_vm, float| Value::Float(float)),
        with_float!("__int__", |vm, float| Value::int(vm.float_to_int(float)?)),
        with_float!("__trunc__", |vm, float| Value::int(vm.float_to_int(float)?)),
        with_float!("__floor__", |vm, float| Value::int(vm.float_to_int(float.floor())?)),
        with_float!("__ceil__", |vm, float| Value::int(vm.float_to_int(float.ceil())?)),
        with_float!("__bool__", |_vm, float| Value::Bool(float != 0.0)),
        with_float!("__abs__", |_vm, float| Value::Float(float.abs())),
        with_float!("__neg__", |_vm, float| Value::Float(-float)),
        with_float!("hex", |_vm, float| Value::from(float_hex(float))),
        with_float!("as_integer_ratio", |vm, float| {
            // Raises what `int(float)` raises, with its own words.
            if !float.is_finite() {
                return vm.float_to_int(float).map(Value::int);
            }
            let (numerator, denominator) = float::ratio(float);
            Value::tuple(vec![Value::int(numerator), Value::int(denominator)])
        }),
        operator!("__add__", Add),
        operator!("__radd__", reflected Add),
        operator!("__sub__", Sub),
        operator!("__mul__", Mult),
        operator!("__truediv__", Div),
        operator!("__floordiv__", FloorDiv),
        operator!("__mod__", Mod),
        operator!("__pow__", Pow),
    ],
    statics: &[Native::new("fromhex", |vm, _| vm.unsupported("`float.fromhex` is not modelled"))],
    ..Type::new("builtins", "float", new_float)
};

fn new_int(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.pop();
    let base = args.take("base");
    args.finish()?;
    let Some(value) = value else {
        return match base {
            None => Ok(Value::int(0)),
            Some(_) => Err(Stop::type_error("int() missing string argument")),
        };
    };
    let plain = value.plain();
    if let Some(base) = base {
        let base = vm.position(&base)?;
        let Some(base) = u32::try_from(base).ok().filter(|base| *base == 0 || (2..=36).contains(base)) else {
            return Err(Stop::value_error("int() base must be >= 2 and <= 36, or 0"));
        };
        return match &plain {
            Value::Str(text) => parse_int(vm, text, base),
            Value::Bytes(_) => vm.unsupported("`int` of bytes is not modelled"),
            _ => Err(Stop::type_error("int() can't convert non-string with explicit base")),
        };
    }
    match &plain {
        Value::Float(float) => vm.float_to_int(*float).map(Value::int),
        Value::Str(text) => parse_int(vm, text, 10),
        Value::Bytes(_) => vm.unsupported("`int` of bytes is not modelled"),
        _ => {
            for name in ["__int__", "__index__", "__trunc__"] {
                if let Some(found) = vm.call_special(&value, name, [])? {
                    return match found.as_int() {
                        Some(number) => Ok(Value::Int(number)),
                        None => Err(Stop::type_error(format!(
                            "{name} returned non-int (type {})",
                            found.known()?.type_name()
                        ))),
                    };
                }
            }
            if let Some(number) = plain.as_int() {
                return Ok(Value::Int(number));
            }
            if let Some(found) = call_method(vm, &plain, "__int__")? {
                return Ok(found);
            }
            Err(Stop::type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                value.type_name()
            )))
        }
    }
}

fn new_float(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.pop();
    args.finish()?;
    let Some(value) = value else { return Ok(Value::Float(0.0)) };
    let plain = value.plain();
    if let Value::Str(text) = &plain {
        return match float::parse(text) {
            Some(float) => Ok(Value::Float(float)),
            None => Err(Stop::value_error(format!(
                "could not convert string to float: {}",
                super::text::quote(text)
            ))),
        };
    }
    if let Some(found) = vm.call_special(&value, "__float__", [])? {
        return found.known();
    }
    if let Some(float) = vm.as_float(&plain)? {
        return Ok(Value::Float(float));
    }
    if let Some(found) = call_method(vm, &plain, "__float__")? {
        return Ok(found);
    }
    if let Some(number) = vm.as_index(&value)? {
        return vm.int_to_float(&number).map(Value::Float);
    }
    match plain {
        Value::Bytes(_) => vm.unsupported("`float` of bytes is not modelled"),
        _ => Err(Stop::type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            value.type_name()
        ))),
    }
}

/// Calls a special method of a modelled object, where it has one.
fn call_method(vm: &mut Vm, value: &Value, name: &str) -> Eval<Option<Value>> {
    if !matches!(value, Value::Object(_)) {
        return Ok(None);
    }
    match vm.attr_or_none(value, name)? {
        Some(method) => vm.call_with(&method.known()?, []).map(Some),
        None => Ok(None),
    }
}

/// `int(text, base)`; base 0 reads the prefix.
fn parse_int(vm: &mut Vm, text: &str, radix: u32) -> Eval<Value> {
    vm.check_size(text.len())?;
    let invalid = || {
        Stop::value_error(format!(
            "invalid literal for int() with base {radix}: {}",
            super::text::quote(text)
        ))
    };
    let ascii = unicode::ascii_digits(text);
    let bare = unicode::strip_number(&ascii);
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, bare.strip_prefix('+').unwrap_or(bare)),
    };
    let lower = digits.to_ascii_lowercase();
    let known = [("0x", 16), ("0o", 8), ("0b", 2)];
    let prefixed =
        known.iter().find(|(prefix, own)| lower.starts_with(prefix) && (radix == 0 || radix == *own));
    let (actual, digits) = match prefixed {
        // One underscore may follow the prefix.
        Some((_, own)) => (*own, lower[2..].strip_prefix('_').unwrap_or(&lower[2..])),
        None if radix == 0 => (10, lower.as_str()),
        None => (radix, lower.as_str()),
    };
    let well_formed = !digits.is_empty()
        && !digits.starts_with('_')
        && !digits.ends_with('_')
        && !digits.contains("__")
        && digits.chars().all(|char| char == '_' || char.is_digit(actual));
    if !well_formed {
        return Err(invalid());
    }
    let digits = digits.replace('_', "");
    if radix == 0 && actual == 10 && digits.starts_with('0') && digits.chars().any(|char| char != '0') {
        return Err(invalid());
    }
    if digits.len() > MAX_DIGITS && !actual.is_power_of_two() {
        return Err(Stop::value_error(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    let number = BigInt::from_str_radix(&digits, actual).map_err(|_| invalid())?;
    vm.check_bits(number.bits())?;
    Ok(Value::int(if negative { -number } else { number }))
}

/// `float.hex`.
fn float_hex(float: f64) -> String {
    if !float.is_finite() {
        return float::repr(float);
    }
    let sign = if float.is_sign_negative() { "-" } else { "" };
    let bits = float.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    match (exponent, fraction) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, _) => format!("{sign}0x0.{fraction:013x}p-1022"),
        _ => format!("{sign}0x1.{fraction:013x}p{:+}", exponent - 1023),
    }
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

fn byte_order(vm: &mut Vm, value: Option<Value>) -> Eval<bool> {
    let Some(value) = value else { return Ok(true) };
    match value.known()?.text().as_deref() {
        Some("big") => Ok(true),
        Some("little") => Ok(false),
        Some(_) => Err(Stop::value_error("byteorder must be either 'little' or 'big'")),
        None => vm.unsupported("this byte order is not modelled"),
    }
}

fn to_bytes(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let number = int_receiver(&mut args)?;
    let length = match args.take("length") {
        Some(length) => vm.position(&length)?,
        None => 1,
    };
    let order = args.take("byteorder");
    let big = byte_order(vm, order)?;
    let signed = match args.named("signed") {
        Some(signed) => vm.truth(&signed)?,
        None => false,
    };
    args.finish()?;
    let Ok(length) = usize::try_from(length) else {
        return Err(Stop::value_error("length argument must be non-negative"));
    };
    vm.check_size(length)?;
    if number.is_negative() && !signed {
        return Err(Stop::raise(&OVERFLOW_ERROR, "can't convert negative int to unsigned"));
    }
    let mut bytes = if signed { number.to_signed_bytes_le() } else { number.magnitude().to_bytes_le() };
    if number.is_zero() {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(Stop::raise(&OVERFLOW_ERROR, "int too big to convert"));
    }
    bytes.resize(length, if number.is_negative() { 0xff } else { 0 });
    if big {
        bytes.reverse();
    }
    Ok(Value::Bytes(bytes.into()))
}

fn from_bytes(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let bytes = args.expect("bytes")?.known()?;
    let order = args.take("byteorder");
    let big = byte_order(vm, order)?;
    let signed = match args.named("signed") {
        Some(signed) => vm.truth(&signed)?,
        None => false,
    };
    args.finish()?;
    let bytes = super::bytes::byte_items(vm, &bytes)?;
    let number = match (big, signed) {
        (true, true) => BigInt::from_signed_bytes_be(&bytes),
        (false, true) => BigInt::from_signed_bytes_le(&bytes),
        (true, false) => BigInt::from_bytes_be(Sign::Plus, &bytes),
        (false, false) => BigInt::from_bytes_le(Sign::Plus, &bytes),
    };
    vm.check_bits(number.bits())?;
    Ok(Value::int(number))
}

/// The whole number nearest to a finite float that is one.
pub fn whole(float: f64) -> Option<BigInt> {
    if float.fract() == 0.0 { BigInt::from_f64(float) } else { None }
}
