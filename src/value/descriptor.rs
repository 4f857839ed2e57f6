//! What stands in a class and decides what an attribute of its instances gives: properties, class and static methods.

use std::rc::Rc;

use super::exception::ATTRIBUTE_ERROR;
use super::{Args, Class, Eval, Method, Native, Object, Stop, Type, Value};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;

/// `property`.
#[derive(Debug, Clone, Default)]
pub struct Property {
    /// The function that reads.
    pub getter: Value,
    /// The function that stores, or `None`.
    pub setter: Value,
    /// The function that deletes, or `None`.
    pub deleter: Value,
    /// Its own docstring, or `None`.
    pub doc: Value,
}

/// The class `property`.
pub static PROPERTY: Type = Type {
    new: Native::new("property", make_property).lenient(),
    methods: &[
        Native::new("getter", |_, args| with(args, |property, f| property.getter = f)).lenient(),
        Native::new("setter", |_, args| with(args, |property, f| property.setter = f)).lenient(),
        Native::new("deleter", |_, args| with(args, |property, f| property.deleter = f)).lenient(),
    ],
    ..Type::new("builtins", "property", make_property)
};

fn make_property(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let property = Property {
        getter: args.take("fget").unwrap_or_default(),
        setter: args.take("fset").unwrap_or_default(),
        deleter: args.take("fdel").unwrap_or_default(),
        doc: args.take("doc").unwrap_or_default(),
    };
    args.finish()?;
    Ok(Value::object(property))
}

fn with(mut args: Args, change: fn(&mut Property, Value)) -> Eval<Value> {
    let receiver = args.need()?.known()?;
    let Some(property) = receiver.downcast::<Property>() else {
        return Err(Stop::type_error("descriptor requires a 'property' object"));
    };
    let mut property = (*property).clone();
    change(&mut property, args.need()?);
    Ok(Value::object(property))
}

crate::value::release::released!(Property);

impl Object for Property {
    fn class(&self) -> Option<&'static Type> {
        Some(&PROPERTY)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "fget" => Some(self.getter.clone()),
            "fset" => Some(self.setter.clone()),
            "fdel" => Some(self.deleter.clone()),
            "__doc__" if self.doc.is_none() && !self.getter.is_none() => {
                Some(vm.attr(&self.getter, "__doc__")?)
            }
            "__doc__" => Some(self.doc.clone()),
            _ => None,
        })
    }

    fn get(self: Rc<Self>, vm: &mut Vm, instance: Option<&Value>, class: &Rc<Class>) -> Eval<Option<Value>> {
        let Some(instance) = instance else { return Ok(Some(Value::Object(self))) };
        if self.getter.is_none() {
            let message = format!("property of '{}' object has no getter", class.name);
            return Err(Stop::raise(&ATTRIBUTE_ERROR, message));
        }
        vm.call_with(&self.getter, [instance.clone()]).map(Some)
    }

    fn set(self: Rc<Self>, vm: &mut Vm, instance: &Value, value: Option<Value>, _span: Span) -> Eval<bool> {
        let (function, role) = match value {
            Some(_) => (&self.setter, "setter"),
            None => (&self.deleter, "deleter"),
        };
        if function.is_none() {
            let message = format!("property of '{}' object has no {role}", instance.type_name());
            return Err(Stop::raise(&ATTRIBUTE_ERROR, message));
        }
        vm.call_with(function, [instance.clone()].into_iter().chain(value))?;
        Ok(true)
    }

    fn is_data_descriptor(&self) -> bool {
        true
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        [&self.getter, &self.setter, &self.deleter].into_iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "property")
    }
}

/// `classmethod`.
#[derive(Debug)]
pub struct ClassMethod {
    /// The function.
    pub function: Value,
}

/// The class `classmethod`.
pub static CLASS_METHOD: Type = Type {
    new: Native::new("classmethod", make_class_method).lenient(),
    ..Type::new("builtins", "classmethod", make_class_method)
};

fn make_class_method(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let function = args.need()?;
    args.finish()?;
    Ok(Value::object(ClassMethod { function }))
}

crate::value::release::released!(ClassMethod);

impl Object for ClassMethod {
    fn class(&self) -> Option<&'static Type> {
        Some(&CLASS_METHOD)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        wrapped_attr(vm, &self.function, name)
    }

    fn get(self: Rc<Self>, vm: &mut Vm, _instance: Option<&Value>, class: &Rc<Class>) -> Eval<Option<Value>> {
        // `@classmethod` over `@property` worked in Python 3.9 to 3.12 alone.
        if self.function.downcast::<Property>().is_some() {
            return vm.unsupported("a property of the class itself depends on the version of Python");
        }
        let receiver = Value::Class(Rc::clone(class));
        Ok(Some(Value::Method(Rc::new(Method { receiver, function: self.function.clone() }))))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.function);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "classmethod")
    }
}

/// `staticmethod`.
#[derive(Debug)]
pub struct StaticMethod {
    /// The function.
    pub function: Value,
}

/// The class `staticmethod`.
pub static STATIC_METHOD: Type = Type {
    new: Native::new("staticmethod", make_static_method).lenient(),
    ..Type::new("builtins", "staticmethod", make_static_method)
};

fn make_static_method(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let function = args.need()?;
    args.finish()?;
    Ok(Value::object(StaticMethod { function }))
}

crate::value::release::released!(StaticMethod);

impl Object for StaticMethod {
    fn class(&self) -> Option<&'static Type> {
        Some(&STATIC_METHOD)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        wrapped_attr(vm, &self.function, name)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        vm.call(&self.function, args)
    }

    fn get(
        self: Rc<Self>,
        _vm: &mut Vm,
        _instance: Option<&Value>,
        _class: &Rc<Class>,
    ) -> Eval<Option<Value>> {
        Ok(Some(self.function.clone()))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.function);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "staticmethod")
    }
}

fn wrapped_attr(vm: &mut Vm, function: &Value, name: &str) -> Eval<Option<Value>> {
    match name {
        "__func__" | "__wrapped__" => Ok(Some(function.clone())),
        "__name__" | "__qualname__" | "__doc__" | "__module__" => vm.attr_or_none(function, name),
        _ => Ok(None),
    }
}

fn no_form(collector: &Collector<'_>, name: &str) -> Datum {
    let message = format!("a value of type `{name}` has no form in a definition");
    Datum::Unknown(collector.cause(CauseKind::Unsupported, message))
}
