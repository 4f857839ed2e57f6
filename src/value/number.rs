//! `int`, `float` and `bool`: their constructors and methods.

use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_traits::{Num, Signed, Zero};
use ruff_python_ast::Operator;

use super::convert::receiver;
use super::exception::OVERFLOW_ERROR;
use super::{Args, Eval, Native, Stop, Type, Value, arithmetic, float, unicode};
use crate::eval::Vm;

/// The most digits that Python reads a decimal number from.
const MAX_DIGITS: usize = 4300;

macro_rules! operator {
    ($name:literal, $op:ident) => {
        Native::new($name, |vm, mut args| {
            let (left, right) = (args.need()?, args.need()?);
            args.finish()?;
            Ok(arithmetic::binary(vm, Operator::$op, &left.plain(), &right.plain())?
                .unwrap_or(Value::NotImplemented))
        })
    };
    ($name:literal, reflected $op:ident) => {
        Native::new($name, |vm, mut args| {
            let (right, left) = (args.need()?, args.need()?);
            args.finish()?;
            Ok(arithmetic::binary(vm, Operator::$op, &left.plain(), &right.plain())?
                .unwrap_or(Value::NotImplemented))
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
