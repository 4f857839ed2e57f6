//! Subscripts: items, slices, stores, deletions and membership.

use std::rc::Rc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::class::Flavour;
use super::container::DictKind;
use super::convert::clamp;
use super::exception::{INDEX_ERROR, KEY_ERROR};
use super::iter::{char_count, char_value};
use super::slice::{Picks, Slice};
use super::types::Alias;
use super::{Dict, Eval, Key, List, Range, Stop, Value};
use crate::eval::Vm;
use crate::source::Span;

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
    fn pick(&mut self, key: &Value, len: usize, sequence: &str) -> Eval<Pick> {
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

    /// `container[key] = value`. An unknown key opens the container.
    pub fn set_item(&mut self, container: &Value, key: &Value, value: Value, span: Span) -> Eval<()> {
        match container {
            Value::Unknown(_) => Ok(()),
            Value::Dict(dict) => {
                match Key::new(key.clone()) {
                    Ok(key) => {
                        dict.change().insert(key, value);
                        self.spend(1)
                    }
                    Err(Stop::Unknown(cause)) => {
                        dict.open(&cause);
                        // What is stored must stay reachable; nobody reads the key.
                        let key = Key::str(format!("\0{}", dict.seen().len()));
                        dict.change().insert(key, value);
                        Ok(())
                    }
                    Err(stop) => Err(stop),
                }
            }
            Value::List(list) => self.set_list_item(list, key, value),
            Value::Instance(instance) => {
                if self.call_special(container, "__setitem__", [key.clone(), value.clone()])?.is_some() {
                    return Ok(());
                }
                match instance.builtin() {
                    Some(inner) => self.set_item(&inner, key, value, span),
                    None => Err(no_item_assignment(container)),
                }
            }
            Value::Object(object) => {
                if Rc::clone(object).set_item(self, key.clone(), value, span)? {
                    return Ok(());
                }
                Err(no_item_assignment(container))
            }
            _ => Err(no_item_assignment(container)),
        }
    }

    fn set_list_item(&mut self, list: &Rc<List>, key: &Value, value: Value) -> Eval<()> {
        if let Value::Unknown(cause) = key {
            list.open(cause);
        }
        if list.why_open().is_some() {
            // What is stored into unknown contents must stay reachable.
            list.change().push(value);
            return Ok(());
        }
        if let Some(slice) = key.downcast::<Slice>() {
            let len = list.items()?.len();
            let picks = match slice.picks(self, len) {
                Err(Stop::Unknown(cause)) => {
                    list.open(&cause);
                    list.change().push(value);
                    return Ok(());
                }
                picks => picks?,
            };
            let items = match self.iterate(&value) {
                Err(Stop::Raise(_)) => return Err(Stop::type_error("can only assign an iterable")),
                items => items?,
            };
            self.check_size(len + items.len())?;
            return Self::set_slice(list, picks, items);
        }
        let len = list.items()?.len();
        match self.pick(key, len, "list") {
            Ok(Pick::One(at)) => {
                if let Some(slot) = list.change().get_mut(at) {
                    *slot = value;
                }
                Ok(())
            }
            Ok(Pick::Many(_)) => Ok(()),
            Err(Stop::Raise(raise)) if is_index_error(&raise.exception) => {
                Err(Stop::raise(&INDEX_ERROR, "list assignment index out of range"))
            }
            Err(stop) => Err(stop),
        }
    }

    fn set_slice(list: &List, picks: Picks, items: Vec<Value>) -> Eval<()> {
        if picks.step == 1 {
            let start = picks.start.min(list.seen().len());
            list.change().splice(start..start + picks.count, items);
            return Ok(());
        }
        if items.len() != picks.count {
            return Err(Stop::value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                items.len(),
                picks.count
            )));
        }
        let mut slots = list.change();
        for (at, item) in picks.iter().zip(items) {
            if let Some(slot) = slots.get_mut(at) {
                *slot = item;
            }
        }
        Ok(())
    }

    /// `del container[key]`. An unknown key opens the container.
    pub fn del_item(&mut self, container: &Value, key: &Value) -> Eval<()> {
        match (container, key) {
            (Value::Unknown(_), _) => Ok(()),
            (Value::Dict(dict), Value::Unknown(cause)) => {
                dict.open(cause);
                Ok(())
            }
            (Value::List(list), Value::Unknown(cause)) => {
                list.open(cause);
                Ok(())
            }
            (Value::Dict(dict), _) => {
                let key = Key::new(key.clone())?;
                if dict.why_open().is_some() {
                    dict.change().shift_remove(&key);
                    return Ok(());
                }
                self.spend(dict.items()?.len() / 16)?;
                let removed = dict.change().shift_remove(&key);
                // `del counter[missing]` is no error.
                if removed.is_some() || matches!(dict.kind, DictKind::Counter) {
                    return Ok(());
                }
                Err(Stop::key_error(key.into_value()))
            }
            (Value::List(list), _) => {
                if list.why_open().is_some() {
                    return Ok(());
                }
                let len = list.items()?.len();
                self.spend(len / 16)?;
                match self.pick(key, len, "list") {
                    Ok(Pick::One(at)) => {
                        list.change().remove(at);
                        Ok(())
                    }
                    Ok(Pick::Many(picks)) => {
                        let gone: Vec<usize> = picks.iter().collect();
                        let mut at = 0;
                        let sorted: std::collections::BTreeSet<usize> = gone.into_iter().collect();
                        list.change().retain(|_| {
                            at += 1;
                            !sorted.contains(&(at - 1))
                        });
                        Ok(())
                    }
                    Err(Stop::Raise(raise)) if is_index_error(&raise.exception) => {
                        Err(Stop::raise(&INDEX_ERROR, "list assignment index out of range"))
                    }
                    Err(Stop::Unknown(cause)) => {
                        list.open(&cause);
                        Ok(())
                    }
                    Err(stop) => Err(stop),
                }
            }
            (Value::Instance(instance), _) => {
                if self.call_special(container, "__delitem__", [key.clone()])?.is_some() {
                    return Ok(());
                }
                match instance.builtin() {
                    Some(inner) => self.del_item(&inner, key),
                    None => Err(no_item_deletion(container)),
                }
            }
            (Value::Object(object), _) => {
                if Rc::clone(object).del_item(self, key.clone())? {
                    return Ok(());
                }
                Err(no_item_deletion(container))
            }
            _ => Err(no_item_deletion(container)),
        }
    }

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
                Value::Float(float) => match super::number::whole(float) {
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
    Somewhere(crate::datum::Cause),
    /// Certainly nowhere.
    Nowhere,
    /// An unknown item may be it.
    Doubt(crate::datum::Cause),
}

enum Pick {
    One(usize),
    Many(Picks),
}

/// The position that an index means, counted from the end where it is negative.
fn place(index: &BigInt, len: usize) -> Option<usize> {
    let index = clamp(index);
    let at = if index < 0 { index.checked_add_unsigned(len)? } else { index };
    usize::try_from(at).ok().filter(|at| *at < len)
}

fn in_range(range: &Range, number: &BigInt) -> bool {
    let inside = if range.step.is_negative() {
        *number <= range.start && *number > range.stop
    } else {
        *number >= range.start && *number < range.stop
    };
    inside && (number - &range.start).mod_floor(&range.step).is_zero()
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

fn is_index_error(exception: &Value) -> bool {
    exception
        .downcast::<super::exception::Exception>()
        .is_some_and(|found| found.class.is_subtype(&INDEX_ERROR))
}

fn not_subscriptable(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object is not subscriptable", value.type_name()))
}

fn no_item_assignment(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object does not support item assignment", value.type_name()))
}

fn no_item_deletion(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object doesn't support item deletion", value.type_name()))
}
