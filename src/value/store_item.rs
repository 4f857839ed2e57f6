//! Subscripts: items and slices that are stored or deleted.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::container::DictKind;
use super::exception::{Exception, INDEX_ERROR};
use super::item::Pick;
use super::slice::{Picks, Slice};
use super::{Eval, Key, List, Stop, Value};
use crate::eval::Vm;
use crate::source::Span;

impl Vm {
    /// `container[key] = value`. An unknown key opens the container.
    pub fn set_item(&mut self, container: &Value, key: &Value, value: Value, span: Span) -> Eval<()> {
        match container {
            Value::Unknown(cause) => {
                self.touch_stored(cause);
                Ok(())
            }
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
            (Value::Unknown(cause), _) => {
                self.touch_stored(cause);
                Ok(())
            }
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
                        let sorted: BTreeSet<usize> = gone.into_iter().collect();
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
}

fn is_index_error(exception: &Value) -> bool {
    exception.downcast::<Exception>().is_some_and(|found| found.class.is_subtype(&INDEX_ERROR))
}

fn no_item_assignment(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object does not support item assignment", value.type_name()))
}

fn no_item_deletion(value: &Value) -> Stop {
    Stop::type_error(format!("'{}' object doesn't support item deletion", value.type_name()))
}
