//! What values hold: containers, instances and wrapped functions, walked through.

use std::rc::Rc;

use crate::datum::Cause;
use crate::eval::Vm;
use crate::map::HashSet;
use crate::value::{Class, Effect, Instance, Value};

/// Where a mutable value lives.
pub(super) fn address(value: &Value) -> Option<*const ()> {
    Some(match value {
        Value::List(list) => Rc::as_ptr(list).cast(),
        Value::Dict(dict) => Rc::as_ptr(dict).cast(),
        Value::Set(set) => Rc::as_ptr(set).cast(),
        Value::Instance(instance) => Rc::as_ptr(instance).cast(),
        Value::Class(class) => Rc::as_ptr(class).cast(),
        Value::Tuple(items) => Rc::as_ptr(items).cast(),
        Value::Iter(iter) => Rc::as_ptr(iter).cast(),
        Value::Object(object) => Rc::as_ptr(object).cast(),
        Value::Function(function) => Rc::as_ptr(function).cast(),
        _ => return None,
    })
}

/// Hands on what a container or an instance holds.
pub(super) fn held_by(value: &Value, visit: &mut dyn FnMut(&Value)) {
    match value {
        Value::List(list) => list.seen().iter().for_each(visit),
        Value::Dict(dict) => dict.seen().values().for_each(visit),
        Value::Tuple(items) => items.iter().for_each(visit),
        Value::Iter(iter) => iter.rest.borrow().iter().for_each(visit),
        Value::Instance(instance) => instance.attrs.borrow().values().for_each(visit),
        Value::Method(method) => visit(&method.receiver),
        Value::Object(object) => object.visit(visit),
        _ => {}
    }
}

/// Walks through a value and what it holds, however deep: each before what it holds, which follows where `enter` says so.
fn walk(value: &Value, mut enter: impl FnMut(&Value) -> bool) {
    let mut waiting = Vec::new();
    let mut visit = |value: &Value, waiting: &mut Vec<Value>| {
        if enter(value) {
            let first = waiting.len();
            held_by(value, &mut |inner| waiting.push(inner.clone()));
            if let Some(held) = waiting.get_mut(first..) {
                held.reverse();
            }
        }
    };
    visit(value, &mut waiting);
    while let Some(value) = waiting.pop() {
        visit(&value, &mut waiting);
    }
}

/// Whether a value is something that the host builds, or holds such a thing.
pub(super) fn is_hosts(value: &Value, deep: bool) -> bool {
    let is_built = |value: &Value| matches!(value, Value::Object(object) if object.effect() == Effect::Host);
    if !deep {
        return is_built(value);
    }
    let (mut found, mut seen) = (false, HashSet::default());
    walk(value, |value| {
        found = found || is_built(value);
        !found && address(value).is_none_or(|address| seen.insert(address))
    });
    found
}

impl Vm {
    /// Whether what a value holds is its own business: a task's arguments are no part of what a list of tasks reaches.
    fn is_closed(&self, value: &Value, seen: &mut HashSet<*const ()>) -> bool {
        self.library.host().owns(value) || address(value).is_some_and(|address| !seen.insert(address))
    }

    /// What the classes of the instances in a value, and the classes in it, have under a name.
    pub(super) fn members_within(
        &self,
        value: &Value,
        name: &str,
        found: &mut Vec<Value>,
        seen: &mut HashSet<*const ()>,
    ) {
        walk(value, |value| {
            if self.is_closed(value, seen) {
                return false;
            }
            match value {
                Value::Instance(instance) => found.extend(instance.class.lookup(name)),
                Value::Class(class) => found.extend(class.lookup(name)),
                _ => {}
            }
            true
        });
    }

    /// The instances of the project's own classes in a value.
    pub(super) fn instances_within(
        &self,
        value: &Value,
        found: &mut Vec<Rc<Instance>>,
        seen: &mut HashSet<*const ()>,
    ) {
        walk(value, |value| {
            if self.is_closed(value, seen) {
                return false;
            }
            if let Value::Instance(instance) = value {
                found.push(Rc::clone(instance));
            }
            true
        });
    }

    /// What can be called among values and what they hold.
    pub(super) fn callables_within(&self, values: &[Value]) -> Vec<Value> {
        let (mut found, mut seen) = (Vec::new(), HashSet::default());
        for value in values {
            walk(value, |value| {
                if self.is_closed(value, &mut seen) {
                    return false;
                }
                let is_callable = match value {
                    Value::Function(_) | Value::Method(_) | Value::Class(_) => true,
                    Value::Native(native) => native.effect != Effect::None,
                    Value::Instance(instance) => instance.class.lookup("__call__").is_some(),
                    Value::Object(object) => object.call_effect() == Effect::Host,
                    _ => false,
                };
                if is_callable {
                    found.push(value.clone());
                }
                true
            });
        }
        found
    }
}

/// The values that a class keeps are not known any more; its methods are.
pub(super) fn open_attributes(class: &Class, cause: &Cause) {
    for (name, value) in class.attrs.borrow_mut().iter_mut() {
        let is_code = matches!(value, Value::Function(_) | Value::Object(_) | Value::Class(_));
        if !is_code && !name.starts_with("__") {
            *value = Value::Unknown(cause.decided());
        }
    }
}

/// Builtins that give all names at once.
pub(super) fn is_namespace(name: &str) -> bool {
    matches!(name, "globals" | "locals" | "vars")
}

/// Whether a value can be changed, or can change something.
pub(super) fn counts(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Instance(_)
            | Value::Object(_)
            | Value::Tuple(_)
            | Value::Iter(_)
            | Value::Function(_)
            | Value::Method(_)
            | Value::Class(_)
    )
}
