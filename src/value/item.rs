//! Subscripts: items and slices that are read.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::Signed;

use super::alias::Alias;
use super::class::Flavour;
use super::container::DictKind;
use super::convert::clamp;
use super::exception::{INDEX_ERROR, KEY_ERROR};
use super::iter::{char_count, char_value};
use super::slice::{Picks, Slice};
use super::{Dict, Eval, Key, Range, Stop, Value};
use crate::eval::Vm;

impl Vm {
    /// `container[key]`. A slice comes as a `Slice` object.
    pub fn item(&mut self, container: &Value, key: &Value) -> Eval<Value> {
        match container {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Dict(dict) => self.dict_item(dict, key),
            Value::List(list) => match self.pick(key, list.items()?.len(), "list")? {
                Pick::One(at) => Ok(list.items()?.get(at).cloned().unwrap_or_default()),
                Pick::Many(picks) => {
                    let items = picks.of(&list.items()?);
                    self.spend(items.len())?;
                    Ok(Value::list(items))
                }
            },
            Value::Tuple(items) => match self.pick(key, items.len(), "tuple")? {
                Pick::One(at) => Ok(items.get(at).cloned().unwrap_or_default()),
                Pick::Many(picks) => Ok(Value::tuple(picks.of(items))),
            },
            Value::Str(text) => self.text_item(text, key),
            Value::Bytes(bytes) => match self.pick(key, bytes.len(), "bytes")? {
                Pick::One(at) => Ok(Value::int(bytes.get(at).copied().unwrap_or_default())),
                Pick::Many(picks) => Ok(Value::Bytes(picks.of(bytes).into())),
            },
            Value::Range(range) => self.range_item(range, key),
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(container, "__getitem__", [key.clone()])? {
                    return Ok(found);
                }
                match instance.builtin() {
                    Some(inner) => match self.item(&inner, key) {
                        Err(Stop::Raise(raise)) if is_key_error(&raise.exception) => {
                            // A subclass of `dict` may say what a missing key gives.
                            match self.call_special(container, "__missing__", [key.clone()])? {
                                Some(found) => Ok(found),
                                None => Err(Stop::Raise(raise)),
                            }
                        }
                        result => result,
                    },
                    None => Err(not_subscriptable(container)),
                }
            }
            Value::Class(class) => {
                if class.effective_flavour() == Flavour::Enum {
                    return Self::enum_item(container, key);
                }
                if let Some(method) = class.lookup("__class_getitem__") {
                    return self.call_with(&method, [container.clone(), key.clone()]);
                }
                if let Some(cause) = class.why_open() {
                    return Err(Stop::Unknown(cause));
                }
                if class.foreign_bases().is_empty() {
                    let message = format!("type '{}' is not subscriptable", class.name);
                    return Err(Stop::type_error(message));
                }
                Ok(alias(container, key))
            }
            Value::Type(class)
                if class.module == "builtins"
                    && !matches!(
                        class.name,
                        "list"
                            | "tuple"
                            | "dict"
                            | "set"
                            | "frozenset"
                            | "type"
                            | "enumerate"
                            | "zip"
                            | "map"
                    ) =>
            {
                Err(Stop::type_error(format!("type '{}' is not subscriptable", class.name)))
            }
            Value::Type(_) => Ok(alias(container, key)),
            Value::Object(object) => match Rc::clone(object).item(self, key.clone())? {
                Some(found) => Ok(found),
                None => Err(not_subscriptable(container)),
            },
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Set(_)
            | Value::Iter(_)
            | Value::Function(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Module(_) => Err(not_subscriptable(container)),
        }
    }

    fn dict_item(&mut self, dict: &Rc<Dict>, key: &Value) -> Eval<Value> {
        // An unhashable key raises whether or not the contents are known.
        let key = match Key::new(key.clone()) {
            Err(Stop::Unknown(cause)) => {
                if matches!(&dict.kind, DictKind::Default(factory) if !factory.is_none()) {
                    dict.open(&cause);
                }
                return Err(Stop::Unknown(cause));
            }
            key => key?,
        };
        if let Some(found) = dict.items()?.get(&key) {
            return Ok(found.clone());
        }
        match &dict.kind {
            DictKind::Counter => Ok(Value::int(0)),
            DictKind::Default(factory) if !factory.is_none() => {
                let made = self.call_with(factory, [])?;
                dict.change().insert(key, made.clone());
                Ok(made)
            }
            DictKind::Plain | DictKind::Ordered | DictKind::Default(_) => {
                Err(Stop::key_error(key.into_value()))
            }
        }
    }

    fn text_item(&mut self, text: &Rc<str>, key: &Value) -> Eval<Value> {
        let len = char_count(text);
        self.spend(len / 64)?;
        match self.pick(key, len, "string")? {
            Pick::One(at) => match text.chars().nth(at) {
                Some(char) => Ok(char_value(char)),
                None => Err(Stop::raise(&INDEX_ERROR, "string index out of range")),
            },
            Pick::Many(picks) if picks.step == 1 && text.is_ascii() => {
                Ok(Value::str(&text[picks.start..picks.start + picks.count]))
            }
            Pick::Many(picks) => {
                let chars: Vec<char> = text.chars().collect();
                Ok(Value::from(picks.of(&chars).into_iter().collect::<String>()))
            }
        }
    }

    fn range_item(&mut self, range: &Range, key: &Value) -> Eval<Value> {
        let len = range.len();
        if let Some(slice) = key.downcast::<Slice>() {
            let Ok(len) = usize::try_from(&len) else {
                return self.unsupported("a slice of a range of this length is not modelled");
            };
            let (from, to, stride) = slice.bounds(self, len)?;
            let place = |at: isize| &range.start + &range.step * BigInt::from(at);
            let step = &range.step * BigInt::from(stride);
            return Ok(Value::Range(Rc::new(Range { start: place(from), stop: place(to), step })));
        }
        let Some(index) = self.as_index(key)? else {
            return Err(Stop::type_error(format!(
                "range indices must be integers or slices, not {}",
                key.type_name()
            )));
        };
        let index = if index.is_negative() { index + &len } else { index };
        if index.is_negative() || index >= len {
            return Err(Stop::raise(&INDEX_ERROR, "range object index out of range"));
        }
        Ok(Value::int(&range.start + &range.step * index))
    }

    fn enum_item(class: &Value, key: &Value) -> Eval<Value> {
        let Value::Class(own) = class else { return Err(not_subscriptable(class)) };
        if let Some(cause) = own.why_open().as_ref().or(key.unknown()) {
            return Err(Stop::Unknown(cause.clone()));
        }
        let found = key.text().and_then(|name| own.attrs.borrow().get(&*name).cloned());
        match found {
            Some(member @ Value::Instance(_)) => Ok(member),
            Some(_) | None => Err(Stop::key_error(key.clone())),
        }
    }

    /// The position or positions that a subscript of a sequence means.
    pub(super) fn pick(&mut self, key: &Value, len: usize, sequence: &str) -> Eval<Pick> {
        if let Some(slice) = key.downcast::<Slice>() {
            return slice.picks(self, len).map(Pick::Many);
        }
        let Some(index) = self.as_index(key)? else {
            let other = match sequence {
                "bytes" => "byte",
                other => other,
            };
            return Err(Stop::type_error(format!(
                "{other} indices must be integers{} not {}",
                if sequence == "string" { "," } else { " or slices," },
                if sequence == "string" {
                    format!("'{}'", key.type_name())
                } else {
                    key.type_name().to_string()
                }
            )));
        };
        if let Some(at) = place(&index, len) {
            Ok(Pick::One(at))
        } else {
            let sequence = if sequence == "bytes" { "" } else { sequence };
            let message = format!("{sequence} index out of range");
            Err(Stop::raise(&INDEX_ERROR, message.trim_start()))
        }
    }
}

pub(super) enum Pick {
    One(usize),
    Many(Picks),
}

/// The position that an index means, counted from the end where it is negative.
fn place(index: &BigInt, len: usize) -> Option<usize> {
    let index = clamp(index);
    let at = if index < 0 { index.checked_add_unsigned(len)? } else { index };
    usize::try_from(at).ok().filter(|at| *at < len)
}

fn alias(container: &Value, key: &Value) -> Value {
    let args = match key {
        Value::Tuple(items) => items.to_vec(),
        key => vec![key.clone()],
    };
    Value::object(Alias { origin: container.clone(), args })
}

fn is_key_error(exception: &Value) -> bool {
    exception
        .downcast::<super::exception::Exception>()
        .is_some_and(|found| found.class.is_subtype(&KEY_ERROR))
}

fn not_subscriptable(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object is not subscriptable", value.type_name()))
}
