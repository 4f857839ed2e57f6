//! Iteration: the items that a value gives, all at once or one by one.

use std::rc::Rc;

use num_traits::ToPrimitive;

use super::class::Flavour;
use super::exception::{Exception, STOP_ITERATION};
use super::lazy::{Lazy, LazyIter};
use super::object::Step;
use super::{Eval, Iter, ObjectRef, Raise, Set, Stop, Value};
use crate::eval::{Vm, What};

impl Vm {
    /// All items that iterating over `value` gives. An iterator is used up by it.
    pub fn iterate(&mut self, value: &Value) -> Eval<Vec<Value>> {
        let items = match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::Tuple(items) => items.to_vec(),
            Value::List(list) => list.items()?.clone(),
            Value::Dict(dict) => dict.items()?.keys().map(|key| key.value().clone()).collect(),
            Value::Set(set) => self.set_order(set)?,
            Value::Str(text) => text.chars().map(char_value).collect(),
            Value::Bytes(bytes) => bytes.iter().map(|byte| Value::int(*byte)).collect(),
            Value::Range(range) => {
                let len = range.len().to_usize().unwrap_or(usize::MAX);
                self.check_size(len)?;
                (0..len).map(|at| Value::int(&range.start + &range.step * at)).collect()
            }
            Value::Iter(iter) => iter.drain()?,
            Value::Class(class) if class.effective_flavour() == Flavour::Enum => self.enum_members(class)?,
            Value::Class(class) => match class.why_open() {
                Some(cause) => return Err(Stop::Unknown(cause)),
                None => return Err(not_iterable(value)),
            },
            Value::Object(object) => {
                if let Some(items) = Rc::clone(object).iterate(self)? {
                    self.spend(items.len())?;
                    return Ok(items);
                }
                if is_iterator(object) {
                    return self.drain(value);
                }
                let iterator = self.iterator(value)?;
                return self.drain(&iterator);
            }
            Value::Instance(_) => {
                let iterator = self.iterator(value)?;
                return self.drain(&iterator);
            }
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Function(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Type(_)
            | Value::Module(_) => return Err(not_iterable(value)),
        };
        self.spend(items.len())?;
        Ok(items)
    }

    /// Asks an iterator until it has no more.
    fn drain(&mut self, iterator: &Value) -> Eval<Vec<Value>> {
        if let Value::Iter(iter) = iterator {
            return iter.drain();
        }
        let mut items = Vec::new();
        while let Some(item) = self.next(iterator)? {
            items.push(item);
            if items.len() > self.budget.limits().size {
                self.check_size(items.len())?;
            }
        }
        Ok(items)
    }

    /// Whether `iter(value)` is `value` itself.
    pub fn is_iterator(&self, value: &Value) -> bool {
        match value {
            Value::Iter(_) => true,
            Value::Object(object) => is_iterator(object),
            Value::Instance(instance) => instance.class.lookup("__next__").is_some(),
            _ => false,
        }
    }

    /// `iter(value)`. Lists and dicts are followed as they change, as in Python; for other values the items are taken now.
    pub fn iterator(&mut self, value: &Value) -> Eval<Value> {
        match value {
            Value::Iter(_) => Ok(value.clone()),
            Value::Object(object) if is_iterator(object) => Ok(value.clone()),
            Value::Object(object) => {
                if let Some(items) = Rc::clone(object).iterate(self)? {
                    return Ok(Value::Iter(Rc::new(Iter::new(items))));
                }
                match object.class().and_then(|class| class.method("__iter__")) {
                    Some(native) => {
                        let method = super::attr::bound(value.clone(), Value::Native(native));
                        let iterator = self.call_with(&method, [])?.known()?;
                        if iterator.is(value) { Err(not_iterable(value)) } else { self.iterator(&iterator) }
                    }
                    None => Err(not_iterable(value)),
                }
            }
            Value::List(list) => {
                list.items()?;
                Ok(LazyIter::value(Lazy::List { list: Rc::clone(list), at: 0.into() }))
            }
            Value::Dict(dict) => {
                let keys: Vec<Value> = dict.items()?.keys().map(|key| key.value().clone()).collect();
                self.spend(keys.len())?;
                Ok(LazyIter::value(Lazy::Dict { dict: Rc::clone(dict), keys, at: 0.into() }))
            }
            Value::Instance(instance) => {
                if let Some(iterator) = self.call_special(value, "__iter__", [])? {
                    let iterator = iterator.known()?;
                    return match &iterator {
                        Value::Instance(_) => match self.special(&iterator, "__next__")? {
                            Some(_) => Ok(iterator),
                            None => Err(Stop::type_error(format!(
                                "iter() returned non-iterator of type '{}'",
                                iterator.type_name()
                            ))),
                        },
                        _ => self.iterator(&iterator),
                    };
                }
                if let Some(inner) = instance.builtin() {
                    return self.iterator(&inner);
                }
                match self.special(value, "__getitem__")? {
                    Some(getter) => Ok(LazyIter::value(Lazy::Getter { getter, at: 0.into() })),
                    None => Err(not_iterable(value)),
                }
            }
            _ => Ok(Value::Iter(Rc::new(Iter::new(self.iterate(value)?)))),
        }
    }

    /// `next(iterator)`; `None` at the end.
    pub fn next(&mut self, iterator: &Value) -> Eval<Option<Value>> {
        self.spend(1)?;
        match iterator {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::Iter(iter) => iter.next(),
            Value::Object(object) => match Rc::clone(object).next(self)? {
                Some(Step::Item(item)) => Ok(Some(item)),
                Some(Step::End) => Ok(None),
                None => match object.class().and_then(|class| class.method("__next__")) {
                    Some(native) => {
                        let method = super::attr::bound(iterator.clone(), Value::Native(native));
                        match self.call_with(&method, []) {
                            Ok(item) => Ok(Some(item)),
                            Err(Stop::Raise(raise)) if is_stop_iteration(&raise) => Ok(None),
                            Err(stop) => Err(stop),
                        }
                    }
                    None => Err(not_an_iterator(iterator)),
                },
            },
            Value::Instance(_) => match self.call_special(iterator, "__next__", []) {
                Ok(Some(item)) => Ok(Some(item)),
                Ok(None) => Err(not_an_iterator(iterator)),
                Err(Stop::Raise(raise)) if is_stop_iteration(&raise) => Ok(None),
                Err(stop) => Err(stop),
            },
            _ => Err(not_an_iterator(iterator)),
        }
    }

    /// `next(iterator)`, with `StopIteration` at the end.
    pub fn next_or_raise(&mut self, iterator: &Value) -> Eval<Value> {
        match self.next(iterator)? {
            Some(item) => Ok(item),
            None => Err(stop_iteration()),
        }
    }

    /// The items of a set in the order that this run takes; that the order was looked at is recorded.
    pub fn set_order(&mut self, set: &Set) -> Eval<Vec<Value>> {
        let mut items: Vec<Value> = set.items()?.iter().map(|key| key.value().clone()).collect();
        if items.len() > 1 {
            self.note_read(What::Order);
            if self.world.reverse_sets {
                items.reverse();
            }
        }
        Ok(items)
    }

    /// `len(value)`.
    pub fn len(&mut self, value: &Value) -> Eval<usize> {
        Ok(match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::Str(text) => char_count(text),
            Value::Bytes(bytes) => bytes.len(),
            Value::Tuple(items) => items.len(),
            Value::List(list) => list.items()?.len(),
            Value::Dict(dict) => dict.items()?.len(),
            Value::Set(set) => set.items()?.len(),
            Value::Range(range) => {
                if let Some(len) = range.len().to_usize() {
                    len
                } else {
                    let message = "Python int too large to convert to C ssize_t";
                    return Err(Stop::raise(&super::exception::OVERFLOW_ERROR, message));
                }
            }
            Value::Class(class) if class.effective_flavour() == Flavour::Enum => {
                self.enum_members(class)?.len()
            }
            Value::Instance(instance) => {
                if let Some(found) = self.call_special(value, "__len__", [])? {
                    let len = self.position(&found)?;
                    let Ok(len) = usize::try_from(len) else {
                        return Err(Stop::value_error("__len__() should return >= 0"));
                    };
                    return Ok(len);
                }
                match instance.builtin() {
                    Some(inner) => return self.len(&inner),
                    None => return Err(no_len(value)),
                }
            }
            Value::Object(object) => match object.len()? {
                Some(len) => len,
                None => return Err(no_len(value)),
            },
            Value::Class(class) => match class.why_open() {
                Some(cause) => return Err(Stop::Unknown(cause)),
                None => return Err(no_len(value)),
            },
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Iter(_)
            | Value::Function(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Type(_)
            | Value::Module(_) => return Err(no_len(value)),
        })
    }
}

/// The number of characters of a text.
pub fn char_count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// A text of one character.
pub fn char_value(char: char) -> Value {
    Value::str(char.encode_utf8(&mut [0; 4]) as &str)
}

/// `StopIteration`.
pub fn stop_iteration() -> Stop {
    let exception = Value::object(Exception::new(&STOP_ITERATION, Vec::new()));
    Stop::Raise(Box::new(Raise { exception, span: None }))
}

/// Whether an exception ends an iteration.
pub fn is_stop_iteration(raise: &Raise) -> bool {
    match &raise.exception {
        Value::Instance(instance) => {
            instance.class.library_base().is_some_and(|base| base.is_subtype(&STOP_ITERATION))
        }
        exception => {
            exception.downcast::<Exception>().is_some_and(|found| found.class.is_subtype(&STOP_ITERATION))
        }
    }
}

/// Whether `iter(x)` is `x`: it gives its items one by one, or its class has `__next__`.
fn is_iterator(object: &ObjectRef) -> bool {
    object.is_iterator() || object.class().is_some_and(|class| class.method("__next__").is_some())
}

fn not_iterable(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object is not iterable", value.type_name()))
}

fn not_an_iterator(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object is not an iterator", value.type_name()))
}

fn no_len(value: &Value) -> Stop {
    Stop::type_error(format!("object of type '{}' has no len()", value.type_name()))
}
