//! `item in container`, and where an item stands.

use std::rc::Rc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::class::Flavour;
use super::{Eval, Key, Range, Stop, Value};
use crate::datum::Cause;
use crate::eval::Vm;

impl Vm {
    /// `item in container`.
    pub fn contains(&mut self, container: &Value, item: &Value) -> Eval<bool> {
        match container {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Dict(dict) => {
                let key = Key::new(item.clone())?;
                Ok(dict.items()?.contains_key(&key))
            }
            Value::Set(set) => {
                // A set is looked for as if it were frozen.
                let item = match item {
                    Value::Set(inner) => Value::Set(Rc::new(super::Set::new(inner.items()?.clone(), true))),
                    item => item.clone(),
                };
                let key = Key::new(item)?;
                Ok(set.items()?.contains(&key))
            }
            Value::Str(text) => match item {
                Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
                item => match item.text() {
                    Some(part) => {
                        self.spend(text.len() / 64)?;
                        Ok(text.contains(&*part))
                    }
                    None => Err(Stop::type_error(format!(
                        "'in <string>' requires string as left operand, not {}",
                        item.type_name()
                    ))),
                },
            },
            Value::Bytes(bytes) => match item.plain() {
                Value::Unknown(cause) => Err(Stop::Unknown(cause)),
                Value::Bytes(part) => {
                    Ok(part.is_empty() || bytes.windows(part.len()).any(|window| *window == *part))
                }
                item => {
                    let byte = self.index(&item)?;
                    match u8::try_from(&byte) {
                        Ok(byte) => Ok(bytes.contains(&byte)),
                        Err(_) => Err(Stop::value_error("byte must be in range(0, 256)")),
                    }
                }
            },
            Value::Range(range) => match item.plain() {
                Value::Unknown(cause) => Err(Stop::Unknown(cause)),
                Value::Float(float) => match super::arithmetic::whole(float) {
                    Some(number) => Ok(in_range(range, &number)),
                    None => Ok(false),
                },
                item => Ok(item.as_int().is_some_and(|number| in_range(range, &number))),
            },
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(container, "__contains__", [item.clone()])? {
                    return self.truth(&found);
                }
                if self.special(container, "__iter__")?.is_none()
                    && let Some(inner) = instance.builtin()
                {
                    return self.contains(&inner, item);
                }
                self.search(container, item)
            }
            Value::Object(object) => match Rc::clone(object).contains(self, item)? {
                Some(found) => Ok(found),
                None => self.search(container, item),
            },
            Value::Class(class) if class.effective_flavour() == Flavour::Enum => match item {
                Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
                Value::Instance(_) => Ok(self.enum_members(class)?.iter().any(|member| member.is(item))),
                // Python 3.12 looks among the values too, older ones raise.
                _ => self.unsupported("whether a value is in an enum depends on the version of Python"),
            },
            _ => self.search(container, item),
        }
    }

    /// Looks for an item among those that iteration gives.
    fn search(&mut self, container: &Value, item: &Value) -> Eval<bool> {
        if self.is_iterator(container) {
            // An iterator is used up to the item that was found, and no further.
            while let Some(own) = self.next(container)? {
                if self.same_or_equal(&own, item)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let items = match self.iterate(container) {
            Err(Stop::Raise(_))
                if matches!(container, Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_)) =>
            {
                return Err(Stop::type_error(format!(
                    "argument of type '{}' is not iterable",
                    container.type_name()
                )));
            }
            items => items?,
        };
        match self.position_of(&items, item)? {
            Found::At(_) | Found::Somewhere(_) => Ok(true),
            Found::Nowhere => Ok(false),
            Found::Doubt(cause) => Err(Stop::Unknown(cause)),
        }
    }

    /// Where the first item stands that is the same as or equal to `item`. An item that is certainly equal decides even where
    /// others before it are unknown; then it is found somewhere.
    pub fn position_of(&mut self, items: &[Value], item: &Value) -> Eval<Found> {
        let mut doubt = None;
        for (at, own) in items.iter().enumerate() {
            self.spend(1)?;
            match self.same_or_equal(own, item) {
                Ok(true) => return Ok(doubt.map_or(Found::At(at), Found::Somewhere)),
                Ok(false) => {}
                Err(Stop::Unknown(cause)) => doubt = doubt.or(Some(cause)),
                Err(stop) => return Err(stop),
            }
        }
        Ok(doubt.map_or(Found::Nowhere, Found::Doubt))
    }
}

/// Where an item was found.
#[derive(Debug)]
pub enum Found {
    /// Here.
    At(usize),
    /// An item certainly is it, but an unknown one before may be it too.
    Somewhere(Cause),
    /// Certainly nowhere.
    Nowhere,
    /// An unknown item may be it.
    Doubt(Cause),
}

fn in_range(range: &Range, number: &BigInt) -> bool {
    let inside = if range.step.is_negative() {
        *number <= range.start && *number > range.stop
    } else {
        *number >= range.start && *number < range.stop
    };
    inside && (number - &range.start).mod_floor(&range.step).is_zero()
}
