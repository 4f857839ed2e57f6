//! Builtins that look attributes up by name: `getattr`, `hasattr`, `setattr`, `delattr`.

use crate::eval::Vm;
use crate::value::exception::ATTRIBUTE_ERROR;
use crate::value::{Args, Eval, ModuleKind, Stop, Value};

/// The name of an attribute: known, and a text.
fn attr_name(value: Value) -> Eval<std::rc::Rc<str>> {
    let value = value.known()?;
    match value.text() {
        Some(name) => Ok(name),
        None => Err(Stop::type_error(format!("attribute name must be string, not '{}'", value.type_name()))),
    }
}

/// The attribute, or nothing where CPython certainly raises `AttributeError`.
pub(super) fn attribute(vm: &mut Vm, value: &Value, name: &str) -> Eval<Option<Value>> {
    match vm.attr_or_none(value, name) {
        Err(Stop::Raise(raise)) => {
            if vm.is_instance(&raise.exception, &Value::Type(&ATTRIBUTE_ERROR))? {
                return Ok(None);
            }
            Err(Stop::Raise(raise))
        }
        found => found,
    }
}

pub(super) fn getattr(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (value, name) = (args.need()?, args.need()?);
    let default = args.pop();
    args.finish()?;
    let name = attr_name(name)?;
    match (attribute(vm, &value, &name)?, default) {
        (Some(found), _) => Ok(found),
        (None, Some(default)) => Ok(default),
        (None, None) => vm.attr(&value, &name),
    }
}

pub(super) fn hasattr(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (value, name) = (args.need()?, args.need()?);
    args.finish()?;
    let name = attr_name(name)?;
    // An attribute that exists may have an unknown value.
    let stored = match &value {
        Value::Instance(instance) => {
            instance.attrs.borrow().contains_key(&*name) || instance.class.lookup(&name).is_some()
        }
        Value::Class(class) => class.lookup(&name).is_some(),
        Value::Module(module) => match &module.kind {
            ModuleKind::User(scope) => scope.get(&name).is_some(),
            ModuleKind::Library { stored } => stored.borrow().contains_key(&*name),
            ModuleKind::Unknown(_) => false,
        },
        _ => false,
    };
    match attribute(vm, &value, &name)? {
        None => Ok(Value::Bool(false)),
        Some(Value::Unknown(cause)) if !stored => Err(Stop::Unknown(cause)),
        Some(_) => Ok(Value::Bool(true)),
    }
}

pub(super) fn setattr(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let (target, name, value) = (args.need()?, args.need()?, args.need()?);
    args.finish()?;
    let name = attr_name(name)?;
    vm.set_attr(&target, &name, value, span)?;
    Ok(Value::None)
}

pub(super) fn delattr(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (target, name) = (args.need()?, args.need()?);
    args.finish()?;
    let name = attr_name(name)?;
    vm.del_attr(&target, &name)?;
    Ok(Value::None)
}
