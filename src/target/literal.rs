//! A value as a profile writes it, to hold an author's value against.

use num_traits::ToPrimitive;
use serde::Deserialize;

use crate::datum::{Datum, TimeDelta};

/// A default: a number, text, a truth value, `"None"`, or a list of values that mean the same.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Literal {
    /// A truth value.
    Bool(bool),
    /// A whole number; seconds where the parameter is a duration.
    Int(i64),
    /// Text, or Python's `None`.
    Text(String),
    /// Any of these.
    Any(Vec<Literal>),
}

impl Literal {
    /// Whether the author's value is this one.
    pub(crate) fn is(&self, value: &Datum) -> bool {
        match self {
            Self::Bool(expected) => matches!(value, Datum::Bool(actual) if actual == expected),
            Self::Int(expected) => seconds_or_number(value) == Some(*expected),
            Self::Text(expected) if expected == "None" => *value == Datum::Null,
            Self::Text(expected) => matches!(value, Datum::Str(actual) if actual == expected),
            Self::Any(any) => any.iter().any(|literal| literal.is(value)),
        }
    }

    /// The value as an author would have written it; of several, the first.
    pub(crate) fn datum(&self) -> Datum {
        match self {
            Self::Bool(value) => Datum::Bool(*value),
            Self::Int(value) => Datum::int(*value),
            Self::Text(value) if value == "None" => Datum::Null,
            Self::Text(value) => Datum::str(value),
            Self::Any(any) => any.first().map_or(Datum::Null, Self::datum),
        }
    }
}

/// A whole number, or a whole number of seconds.
pub(crate) fn seconds_or_number(value: &Datum) -> Option<i64> {
    match value {
        Datum::Int(number) => number.to_i64(),
        Datum::TimeDelta(delta) => whole_seconds(*delta),
        Datum::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => number.to_i64(),
        _ => None,
    }
}

/// The seconds of a delta that is a whole number of them.
pub(crate) fn whole_seconds(delta: TimeDelta) -> Option<i64> {
    let seconds = delta.days.checked_mul(86_400)?.checked_add(i64::from(delta.seconds))?;
    (delta.microseconds == 0).then_some(seconds)
}

/// A value in a few words, for a message: text and numbers as they are, the rest by what it is.
pub(crate) fn in_words(value: &Datum) -> String {
    match value {
        Datum::Null => "`None`".to_owned(),
        Datum::Bool(true) => "`True`".to_owned(),
        Datum::Bool(false) => "`False`".to_owned(),
        Datum::Int(number) => format!("`{number}`"),
        Datum::Float(number) => format!("`{number}`"),
        Datum::Str(text) if text.chars().count() <= 60 => format!("`{text}`"),
        Datum::XCom(xcom) => format!("the result of `{}`", xcom.task_id),
        Datum::TimeDelta(delta) => match whole_seconds(*delta) {
            Some(seconds) => format!("{seconds} s"),
            None => "the duration".to_owned(),
        },
        _ => "the value".to_owned(),
    }
}
