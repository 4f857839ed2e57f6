//! Conversions that natives share: to an index, to a float, to text, and to the built-in value inside an instance.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive};

use super::exception::OVERFLOW_ERROR;
use super::{Args, Eval, Stop, Value};
use crate::datum::CauseKind;
use crate::eval::Vm;

/// Stack that must be left before a value inside another is looked at, and what is added when it is not.
const RED_ZONE: usize = 256 << 10;
const MORE_STACK: usize = 4 << 20;

impl Value {
    /// This value; for an instance of a subclass of a built-in class, its built-in value.
    pub fn plain(&self) -> Value {
        match self {
            Self::Instance(instance) => instance.builtin().unwrap_or_else(|| self.clone()),
            Self::Object(object) => object.built_in().unwrap_or_else(|| self.clone()),
            _ => self.clone(),
        }
    }

    /// The whole number in this value: of an `int`, a `bool`, or an instance of a subclass.
    pub fn as_int(&self) -> Option<Rc<BigInt>> {
        match self {
            Self::Int(number) => Some(Rc::clone(number)),
            Self::Bool(flag) => Some(Rc::new(BigInt::from(u8::from(*flag)))),
            Self::Instance(instance) => instance.builtin()?.as_int(),
            _ => None,
        }
    }

    /// The text in this value: of a `str` or an instance of a subclass.
    pub fn text(&self) -> Option<Rc<str>> {
        match self {
            Self::Str(text) => Some(Rc::clone(text)),
            Self::Instance(instance) => instance.builtin()?.text(),
            _ => None,
        }
    }
}

impl Vm {
    /// What `operator.index` gives; `None` for what has no index.
    pub fn as_index(&mut self, value: &Value) -> Eval<Option<BigInt>> {
        if let Value::Unknown(cause) = value {
            return Err(Stop::Unknown(cause.clone()));
        }
        if let Some(number) = value.as_int() {
            return Ok(Some((*number).clone()));
        }
        match self.call_special(value, "__index__", [])? {
            Some(Value::Int(number)) => Ok(Some((*number).clone())),
            Some(Value::Unknown(cause)) => Err(Stop::Unknown(cause)),
            Some(other) => {
                Err(Stop::type_error(format!("__index__ returned non-int (type {})", other.type_name())))
            }
            None => Ok(None),
        }
    }

    /// What `operator.index` gives.
    pub fn index(&mut self, value: &Value) -> Eval<BigInt> {
        match self.as_index(value)? {
            Some(number) => Ok(number),
            None => Err(Stop::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                value.type_name()
            ))),
        }
    }

    /// An index, held within what a position can be.
    pub fn position(&mut self, value: &Value) -> Eval<isize> {
        Ok(clamp(&self.index(value)?))
    }

    /// A count of things to make: zero for what is negative, the bound for what is too large.
    pub fn count(&mut self, value: &Value) -> Eval<usize> {
        Ok(usize::try_from(self.position(value)?).unwrap_or(0))
    }

    /// The number as a float, as arithmetic between the two does it.
    pub fn int_to_float(&self, number: &BigInt) -> Eval<f64> {
        match number.to_f64() {
            Some(float) if float.is_finite() => Ok(float),
            _ => Err(Stop::raise(&OVERFLOW_ERROR, "int too large to convert to float")),
        }
    }

    /// The float in a number; `None` for what is no number.
    pub fn as_float(&mut self, value: &Value) -> Eval<Option<f64>> {
        match value.plain() {
            Value::Unknown(cause) => Err(Stop::Unknown(cause)),
            Value::Float(float) => Ok(Some(float)),
            plain => match plain.as_int() {
                Some(number) => self.int_to_float(&number).map(Some),
                None => Ok(None),
            },
        }
    }

    /// The whole part of a float, as `int(x)` has it.
    pub fn float_to_int(&self, float: f64) -> Eval<BigInt> {
        if float.is_nan() {
            return Err(Stop::value_error("cannot convert float NaN to integer"));
        }
        BigInt::from_f64(float.trunc())
            .ok_or_else(|| Stop::raise(&OVERFLOW_ERROR, "cannot convert float infinity to integer"))
    }

    /// `hash(value)`: known for whole numbers alone, since texts hash differently in each process.
    pub fn hash(&mut self, value: &Value) -> Eval<Value> {
        super::Key::new(value.clone())?;
        let modulus = (BigInt::from(1) << 61u32) - 1;
        match value {
            Value::Int(_) | Value::Bool(_) => {
                let number = value.as_int().unwrap_or_default();
                let hash: BigInt = BigInt::from(number.magnitude().clone()) % modulus;
                let hash = if number.is_negative() { -hash } else { hash };
                Ok(Value::int(if hash == BigInt::from(-1) { BigInt::from(-2) } else { hash }))
            }
            _ => Err(Stop::Unknown(self.volatile("the hash differs from process to process"))),
        }
    }

    /// Goes one level deeper into a value, as `repr` and `==` do into what they contain.
    pub fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Eval<T>) -> Eval<T> {
        if self.budget.depth >= self.budget.limits().depth {
            return self.limit("a value is nested too deeply");
        }
        self.budget.depth += 1;
        let result = stacker::maybe_grow(RED_ZONE, MORE_STACK, || inside(self));
        self.budget.depth -= 1;
        result
    }

    /// Checks that a whole number of `bits` bits may be made.
    pub fn check_bits(&mut self, bits: u64) -> Eval<()> {
        let limit = self.budget.limits().bits;
        if bits > limit {
            return self.limit(format!("a whole number has more than {limit} bits"));
        }
        Ok(())
    }

    /// The stop for a part of Python's own types that this evaluator does not follow.
    pub fn unsupported<T>(&self, message: impl Into<String>) -> Eval<T> {
        self.unknown(CauseKind::Unsupported, message)
    }
}

/// The number held within what a position can be.
pub fn clamp(number: &BigInt) -> isize {
    number.to_isize().unwrap_or(if number.is_negative() { isize::MIN } else { isize::MAX })
}

/// The receiver of a method as its built-in value, or the `TypeError` for another one.
pub fn receiver<T>(args: &mut Args, class: &str, take: impl FnOnce(Value) -> Option<T>) -> Eval<T> {
    let value = args.need()?.known()?;
    let name = value.type_name();
    match take(value.plain()) {
        Some(inner) => Ok(inner),
        None => Err(Stop::type_error(format!(
            "descriptor '{}' for '{class}' objects doesn't apply to a '{name}' object",
            args.callee
        ))),
    }
}

/// The length of a collection, as a number of Python's.
pub fn length(len: usize) -> Value {
    Value::int(len)
}
