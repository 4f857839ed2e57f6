//! Attributes: how `x.name` is stored and deleted.

use std::rc::Rc;

use super::attr::{is_member, missing, named_fields};
use super::class::Flavour;
use super::data_class::FROZEN_INSTANCE_ERROR;
use super::exception::ATTRIBUTE_ERROR;
use super::{Eval, Instance, ModuleKind, Stop, Value};
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::source::Span;

impl Vm {
    /// `target.name = value`.
    pub fn set_attr(&mut self, target: &Value, name: &str, value: Value, span: Span) -> Eval<()> {
        match target {
            Value::Instance(instance) => self.set_instance_attr(target, instance, name, value, span),
            Value::Class(class)
                if class.effective_flavour() == Flavour::Enum
                    && class.lookup(name).is_some_and(|found| is_member(class, &found)) =>
            {
                Err(Stop::raise(&ATTRIBUTE_ERROR, format!("cannot reassign member '{name}'")))
            }
            Value::Class(class) => {
                class.attrs.borrow_mut().insert(name.into(), value);
                class.touched.set(true);
                Ok(())
            }
            Value::Function(function) => {
                function.attrs.borrow_mut().insert(name.into(), value);
                Ok(())
            }
            Value::Module(module) => {
                match &module.kind {
                    ModuleKind::User(scope) => scope.set(name, value),
                    ModuleKind::Library { stored } => {
                        stored.borrow_mut().insert(name.into(), value);
                    }
                    ModuleKind::Unknown(_) => self.touch_path(&format!("{}.{name}", module.name)),
                }
                Ok(())
            }
            Value::Object(object) => {
                if Rc::clone(object).set_attr(self, name, value, span)? {
                    return Ok(());
                }
                Err(self.cannot_set(target, name))
            }
            Value::Type(class) if class.module != "builtins" => {
                let cause = self.cause(
                    CauseKind::NotModelled,
                    format!("a store into the class `{}` of the library is not followed", class.path()),
                );
                Err(Stop::Unknown(cause))
            }
            Value::Type(class) => Err(Stop::type_error(format!(
                "cannot set '{name}' attribute of immutable type '{}'",
                class.name
            ))),
            Value::Unknown(cause) => {
                self.touch_attribute(cause, name);
                Ok(())
            }
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
            | Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Range(_)
            | Value::Iter(_)
            | Value::Native(_)
            | Value::Method(_) => Err(self.cannot_set(target, name)),
        }
    }

    fn set_instance_attr(
        &mut self,
        target: &Value,
        instance: &Rc<Instance>,
        name: &str,
        value: Value,
        span: Span,
    ) -> Eval<()> {
        let class = &instance.class;
        if let Some(method) = class.lookup("__setattr__") {
            let method = self.bind(method, Some(target), class)?;
            return self.call_with(&method, [Value::str(name), value]).map(|_| ());
        }
        self.store_attr(target, instance, name, Some(value), span)
    }

    /// `object.__setattr__` and, without a value, `object.__delattr__`.
    pub(crate) fn store_attr(
        &mut self,
        target: &Value,
        instance: &Rc<Instance>,
        name: &str,
        value: Option<Value>,
        span: Span,
    ) -> Eval<()> {
        let class = &instance.class;
        match class.lookup(name) {
            Some(Value::Object(object)) if Rc::clone(&object).set(self, target, value.clone(), span)? => {
                return Ok(());
            }
            Some(found) if value.is_some() => {
                let value = value.clone().unwrap_or_default();
                if self.call_special(&found, "__set__", [target.clone(), value])?.is_some() {
                    return Ok(());
                }
            }
            Some(_) | None => {}
        }
        if let Some(slots) = &*class.slots.borrow()
            && !slots.iter().any(|slot| &**slot == name)
        {
            return Err(Stop::no_attribute(target, name));
        }
        match class.effective_flavour() {
            Flavour::Dataclass { frozen: true, .. } => {
                let message = format!("cannot assign to field '{name}'");
                return Err(Stop::raise(&FROZEN_INSTANCE_ERROR, message));
            }
            Flavour::NamedTuple if named_fields(class).iter().any(|field| &**field == name) => {
                return Err(Stop::raise(&ATTRIBUTE_ERROR, "can't set attribute"));
            }
            Flavour::Plain
            | Flavour::Dataclass { .. }
            | Flavour::Enum
            | Flavour::NamedTuple
            | Flavour::TypedDict => {}
        }
        match value {
            Some(value) => {
                instance.attrs.borrow_mut().insert(name.into(), value);
                Ok(())
            }
            None if instance.attrs.borrow_mut().shift_remove(name).is_some() => Ok(()),
            None => match instance.open.borrow().clone().or_else(|| class.why_open()) {
                Some(cause) => Err(Stop::Unknown(cause)),
                None => Err(missing(target, name)),
            },
        }
    }

    /// `del target.name`.
    pub fn del_attr(&mut self, target: &Value, name: &str) -> Eval<()> {
        let removed = match target {
            Value::Unknown(cause) => {
                self.touch_stored(cause);
                return Ok(());
            }
            Value::Instance(instance) => {
                if let Some(method) = instance.class.lookup("__delattr__") {
                    let method = self.bind(method, Some(target), &instance.class)?;
                    return self.call_with(&method, [Value::str(name)]).map(|_| ());
                }
                let span = self.here();
                return self.store_attr(target, instance, name, None, span);
            }
            Value::Class(class) => {
                class.touched.set(true);
                let removed = class.attrs.borrow_mut().shift_remove(name).is_some();
                if !removed && let Some(cause) = class.why_open() {
                    return Err(Stop::Unknown(cause));
                }
                removed
            }
            Value::Function(function) => function.attrs.borrow_mut().shift_remove(name).is_some(),
            Value::Module(module) => match &module.kind {
                ModuleKind::User(scope) => scope.remove(name),
                ModuleKind::Library { .. } | ModuleKind::Unknown(_) => {
                    return self.unsupported("the deletion of a library module's member is not followed");
                }
            },
            Value::Object(object) => {
                let message = format!("the deletion of `{name}` of a library object is not followed");
                let cause = self.cause(CauseKind::Unsupported, message);
                object.open(&cause);
                return Err(Stop::Unknown(cause));
            }
            Value::Type(_) => {
                return self.unsupported("the deletion of a library object's attribute is not followed");
            }
            _ => false,
        };
        if removed { Ok(()) } else { Err(missing(target, name)) }
    }

    fn cannot_set(&mut self, target: &Value, name: &str) -> Stop {
        match self.attr_or_none(target, name) {
            Ok(Some(Value::Unknown(cause))) | Err(Stop::Unknown(cause)) => Stop::Unknown(cause),
            Ok(Some(_)) => {
                let message = format!("'{}' object attribute '{name}' is read-only", target.type_name());
                Stop::raise(&ATTRIBUTE_ERROR, message)
            }
            Ok(None) | Err(Stop::Raise(_)) => Stop::no_attribute(target, name),
            Err(stop @ Stop::Halt(_)) => stop,
        }
    }
}
