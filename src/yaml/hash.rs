//! Keys and set members by Python's equality: what may be one, which two are the same, and an order for sets.

use std::borrow::Cow;
use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::MAX_DEPTH;
use super::error::Reason;
use super::object::normal;
use super::scalar::float_text;
use crate::datum::{Datum, TimeDelta};

/// Whether no two of the texts are the same.
pub(super) fn are_distinct(texts: &[&str]) -> bool {
    /// So many are compared each with each, sooner than they are sorted.
    const FEW: usize = 12;
    if texts.len() <= FEW {
        return texts.iter().enumerate().all(|(place, text)| !texts[..place].contains(text));
    }
    let mut sorted = texts.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

/// A hashable value, equal to another where Python says so, and ordered: by kind first, then by value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum HashKey {
    Null,
    /// Whole numbers, `True` and `2.0` among them.
    Int(BigInt),
    /// Other floats, by their bits in an order that is theirs.
    Float(i64),
    Str(String),
    Bytes(Vec<u8>),
    Tuple(Vec<HashKey>),
    FrozenSet(BTreeSet<HashKey>),
    Date(jiff::civil::Date),
    DateTime(jiff::civil::DateTime, String),
    Time(jiff::civil::Time),
    TimeDelta(TimeDelta),
    /// What has only a name or a call: equal where written equal.
    Other(String),
}

impl HashKey {
    /// The key that `datum` makes; fails where Python cannot hash it, and for not-a-number, which equals nothing.
    pub(super) fn of(datum: &Datum) -> Result<Self, Reason> {
        Self::within(datum, MAX_DEPTH)
    }

    fn within(datum: &Datum, depth: usize) -> Result<Self, Reason> {
        let deeper = depth.checked_sub(1).ok_or(Reason::TooDeep)?;
        Ok(match datum {
            Datum::Null => Self::Null,
            Datum::Bool(truth) => Self::Int(BigInt::from(u8::from(*truth))),
            Datum::Int(number) => Self::Int(number.clone()),
            Datum::Float(float) => Self::of_float(*float)?,
            Datum::Str(text) => Self::Str(text.clone()),
            Datum::XCom(xcom) => Self::Str(xcom.template()),
            Datum::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Datum::Tuple(items) => {
                Self::Tuple(items.iter().map(|item| Self::within(item, deeper)).collect::<Result<_, _>>()?)
            }
            Datum::FrozenSet(items) => Self::FrozenSet(
                items.iter().map(|item| Self::within(item, deeper)).collect::<Result<_, _>>()?,
            ),
            Datum::List(_) => return Err(Reason::Unhashable("list")),
            Datum::Set(_) => return Err(Reason::Unhashable("set")),
            Datum::Map(_) => return Err(Reason::Unhashable("dict")),
            Datum::DateTime(time) => Self::DateTime(time.civil, format!("{:?}", time.zone)),
            Datum::Date(date) => Self::Date(*date),
            Datum::Time(time) => Self::Time(*time),
            Datum::TimeDelta(delta) => Self::TimeDelta(*delta),
            Datum::Object(_) => match normal(datum) {
                Cow::Owned(datum) => return Self::within(&datum, deeper),
                Cow::Borrowed(datum) => Self::Other(format!("{datum:?}")),
            },
            Datum::Reference(to) => Self::Other(format!("{:?}:{}", to.module, to.name)),
            Datum::Unknown(cause) => return Err(Reason::Unknown(cause.clone())),
        })
    }

    fn of_float(float: f64) -> Result<Self, Reason> {
        if float.is_nan() {
            return Err(Reason::NanKey);
        }
        match BigInt::from_f64(float) {
            Some(whole) if float.fract() == 0.0 => Ok(Self::Int(whole)),
            Some(_) | None => {
                let bits = float.to_bits().cast_signed();
                // The order of `f64::total_cmp`, which floats of one sign have as integers and others in reverse.
                Ok(Self::Float(bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()))
            }
        }
    }

    /// The key as a person would name it in a message.
    pub(super) fn name(datum: &Datum) -> String {
        match datum {
            Datum::Str(text) => text.clone(),
            Datum::Int(number) => number.to_string(),
            Datum::Bool(true) => "True".to_owned(),
            Datum::Bool(false) => "False".to_owned(),
            Datum::Null => "None".to_owned(),
            Datum::Float(float) => float_text(*float),
            Datum::Bytes(_) => "bytes".to_owned(),
            Datum::Tuple(_) => "tuple".to_owned(),
            Datum::FrozenSet(_) => "frozenset".to_owned(),
            Datum::List(_) => "list".to_owned(),
            Datum::Set(_) => "set".to_owned(),
            Datum::Map(_) => "dict".to_owned(),
            Datum::DateTime(time) => time.civil.to_string(),
            Datum::Date(date) => date.to_string(),
            Datum::Time(time) => time.to_string(),
            Datum::TimeDelta(_) => "timedelta".to_owned(),
            Datum::Object(object) => object.path.clone(),
            Datum::Reference(to) => to.name.clone(),
            Datum::XCom(xcom) => xcom.template(),
            Datum::Unknown(_) => "?".to_owned(),
        }
    }
}
