//! `x.__dict__` and `vars(x)` of an instance: its attributes as a mapping that stores through.

use std::rc::Rc;

use super::{Args, Eval, Instance, Key, Native, Object, Stop, Type, Value, special};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;

/// The attributes of an instance as a mapping.
pub struct InstanceDict {
    /// The instance.
    pub instance: Rc<Instance>,
}

/// The class of such mappings: it passes for `dict`.
pub static INSTANCE_DICT: Type = Type {
    base: Some(&super::dict::DICT),
    methods: &[
        Native::new("update", |vm, mut args| {
            let own = receiver(&mut args)?;
            let added = super::dict::from_args(vm, args)?;
            for (key, value) in added {
                match key.as_str() {
                    Some(name) => {
                        own.instance.attrs.borrow_mut().insert(name.into(), value);
                    }
                    None => return vm.unsupported("an attribute whose name is no text is not modelled"),
                }
            }
            Ok(Value::None)
        })
        .mutating(),
        Native::new("get", |vm, args| on_copy(vm, args, "get")).lenient(),
        Native::new("keys", |vm, args| on_copy(vm, args, "keys")),
        Native::new("values", |vm, args| on_copy(vm, args, "values")),
        Native::new("items", |vm, args| on_copy(vm, args, "items")),
        Native::new("copy", |vm, args| on_copy(vm, args, "copy")),
        Native::new("pop", |vm, _| unsupported(vm)).mutating(),
        Native::new("popitem", |vm, _| unsupported(vm)).mutating(),
        Native::new("clear", |vm, _| unsupported(vm)).mutating(),
        Native::new("setdefault", |vm, _| unsupported(vm)).mutating(),
        Native::new("__ior__", |vm, _| unsupported(vm)).mutating(),
        special::LEN,
        special::CONTAINS,
        special::GETITEM,
        special::SETITEM,
        special::DELITEM,
        special::ITER,
    ],
    ..Type::new("builtins", "dict", |vm, _| unsupported(vm))
};

fn unsupported(vm: &mut Vm) -> Eval<Value> {
    vm.unsupported("this change of an instance's `__dict__` is not followed")
}

fn receiver(args: &mut Args) -> Eval<Rc<InstanceDict>> {
    match args.need()?.downcast::<InstanceDict>() {
        Some(own) => Ok(own),
        None => Err(Stop::type_error("descriptor requires a 'dict' object")),
    }
}

fn on_copy(vm: &mut Vm, mut args: Args, name: &str) -> Eval<Value> {
    let copy = receiver(&mut args)?.copy()?;
    let method = vm.attr(&copy, name)?;
    vm.call(&method, args)
}

impl InstanceDict {
    /// The attributes as a dict of their own.
    pub fn copy(&self) -> Eval<Value> {
        if let Some(cause) = &*self.instance.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        let attrs = self.instance.attrs.borrow();
        Ok(Value::dict(attrs.iter().map(|(name, value)| (Rc::clone(name), value.clone()))))
    }
}

crate::value::release::released!(InstanceDict);

impl Object for InstanceDict {
    fn class(&self) -> Option<&'static Type> {
        Some(&INSTANCE_DICT)
    }

    fn class_value(&self) -> Option<Value> {
        Some(Value::Type(&super::dict::DICT))
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let copy = self.copy()?;
        vm.item(&copy, &key).map(Some)
    }

    fn set_item(self: Rc<Self>, vm: &mut Vm, key: Value, value: Value, _span: Span) -> Eval<bool> {
        match Key::new(key)?.as_str() {
            Some(name) => {
                self.instance.attrs.borrow_mut().insert(name.into(), value);
                Ok(true)
            }
            None => vm.unsupported("an attribute whose name is no text is not modelled"),
        }
    }

    fn del_item(self: Rc<Self>, _vm: &mut Vm, key: Value) -> Eval<bool> {
        let key = Key::new(key)?;
        let removed = key.as_str().and_then(|name| self.instance.attrs.borrow_mut().shift_remove(name));
        match removed {
            Some(_) => Ok(true),
            None => Err(Stop::key_error(key.into_value())),
        }
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, key: &Value) -> Eval<Option<bool>> {
        let copy = self.copy()?;
        vm.contains(&copy, key).map(Some)
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        let copy = self.copy()?;
        vm.iterate(&copy).map(Some)
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.instance.attrs.borrow().len()))
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<InstanceDict>().is_some_and(|other| Rc::ptr_eq(&self.instance, &other.instance))
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let copy = self.copy()?;
        vm.repr(&copy)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&Value::Instance(Rc::clone(&self.instance)));
    }

    fn open(&self, cause: &Cause) {
        self.instance.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        match self.copy() {
            Ok(copy) => collector.datum(&copy),
            Err(Stop::Unknown(cause)) => Datum::Unknown(cause),
            Err(Stop::Raise(_) | Stop::Halt(_)) => Datum::Null,
        }
    }
}
