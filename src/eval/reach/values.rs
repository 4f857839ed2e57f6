//! What values hold: containers, instances and wrapped functions, walked through.

use std::collections::HashSet;
use std::rc::Rc;

use crate::datum::Cause;
use crate::eval::Vm;
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

/// Whether a value is something that the host builds, or holds such a thing.
pub(super) fn is_hosts(value: &Value, deep: bool) -> bool {
    fn within(value: &Value, seen: &mut HashSet<*const ()>) -> bool {
        if matches!(value, Value::Object(object) if object.effect() == Effect::Host) {
            return true;
        }
        if address(value).is_some_and(|address| !seen.insert(address)) {
            return false;
        }
        let mut found = false;
        held_by(value, &mut |inner| found = found || within(inner, seen));
        found
    }
    if deep {
        return within(value, &mut HashSet::new());
    }
    matches!(value, Value::Object(object) if object.effect() == Effect::Host)
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
        if self.is_closed(value, seen) {
            return;
        }
        match value {
            Value::Instance(instance) => found.extend(instance.class.lookup(name)),
            Value::Class(class) => found.extend(class.lookup(name)),
            _ => {}
        }
        held_by(value, &mut |inner| self.members_within(inner, name, found, seen));
    }

    /// The instances of the project's own classes in a value.
    pub(super) fn instances_within(
        &self,
        value: &Value,
        found: &mut Vec<Rc<Instance>>,
        seen: &mut HashSet<*const ()>,
    ) {
        if self.is_closed(value, seen) {
            return;
        }
        if let Value::Instance(instance) = value {
            found.push(Rc::clone(instance));
        }
        held_by(value, &mut |inner| self.instances_within(inner, found, seen));
    }

    /// What can be called among values and what they hold.
    pub(super) fn callables_within(&self, values: &[Value]) -> Vec<Value> {
        fn within(vm: &Vm, value: &Value, found: &mut Vec<Value>, seen: &mut HashSet<*const ()>) {
            if vm.is_closed(value, seen) {
                return;
            }
            match value {
                Value::Function(_) | Value::Method(_) | Value::Class(_) => found.push(value.clone()),
                Value::Native(native) if native.effect != Effect::None => found.push(value.clone()),
                Value::Instance(instance) if instance.class.lookup("__call__").is_some() => {
                    found.push(value.clone());
                }
                Value::Object(object) if object.call_effect() == Effect::Host => found.push(value.clone()),
                _ => {}
            }
            held_by(value, &mut |inner| within(vm, inner, found, seen));
        }
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for value in values {
            within(self, value, &mut found, &mut seen);
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
