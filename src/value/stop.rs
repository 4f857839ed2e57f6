//! How an evaluation ends early: a Python exception, an unknown, or a bound that was passed.

use std::rc::Rc;

use super::{Type, Value, exception};
use crate::datum::Cause;
use crate::source::Span;

/// The result of evaluating something.
pub type Eval<T = Value> = Result<T, Stop>;

/// Why an evaluation has no result.
#[derive(Debug, Clone)]
pub enum Stop {
    /// The value is not known. An expression turns this into `Value::Unknown`; natives use it to bail out with `?`.
    Unknown(Cause),
    /// CPython would certainly raise this.
    Raise(Box<Raise>),
    /// The evaluation of the file cannot go on; no `except` of the user's catches it.
    Halt(Box<Halt>),
}

/// A Python exception on its way up.
#[derive(Debug, Clone)]
pub struct Raise {
    /// The exception object, an instance of a class of the library or of the user's.
    pub exception: Value,
    /// Where it was raised; filled in by the evaluator when a native does not know.
    pub span: Option<Span>,
}

/// The end of an evaluation, with the diagnostic's words.
#[derive(Debug, Clone)]
pub struct Halt {
    /// The reason.
    pub cause: Cause,
}

impl Stop {
    /// Raises a library exception with a message.
    pub fn raise(class: &'static Type, message: impl Into<Rc<str>>) -> Self {
        let exception = exception::Exception::new(class, vec![Value::Str(message.into())]);
        Self::Raise(Box::new(Raise { exception: Value::object(exception), span: None }))
    }

    /// `TypeError`.
    pub fn type_error(message: impl Into<Rc<str>>) -> Self {
        Self::raise(&exception::TYPE_ERROR, message)
    }

    /// `ValueError`.
    pub fn value_error(message: impl Into<Rc<str>>) -> Self {
        Self::raise(&exception::VALUE_ERROR, message)
    }

    /// `AttributeError` for a value without an attribute.
    pub fn no_attribute(value: &Value, name: &str) -> Self {
        Self::raise(
            &exception::ATTRIBUTE_ERROR,
            format!("'{}' object has no attribute '{name}'", value.type_name()),
        )
    }

    /// `KeyError`, whose argument is the key itself.
    pub fn key_error(key: Value) -> Self {
        let exception = exception::Exception::new(&exception::KEY_ERROR, vec![key]);
        Self::Raise(Box::new(Raise { exception: Value::object(exception), span: None }))
    }

    /// The end of the file's evaluation.
    pub fn halt(cause: Cause) -> Self {
        Self::Halt(Box::new(Halt { cause }))
    }
}
