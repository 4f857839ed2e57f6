//! Classes of Airflow's authoring API as objects: callable, with static methods, and watched for stores.

use std::rc::Rc;

use crate::airflow::derived::{self, Blank, Derived};
use crate::airflow::state::State;
use crate::datum::{CauseKind, Datum, Reference};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::native::NativeFn;
use crate::value::{Args, Class, Effect, Eval, Native, Object, Value};

/// A class of the API: one row, made into a value by [`ApiClass::value`].
pub struct ApiClass {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`, the newest.
    pub module: &'static str,
    /// What a call of it does.
    pub new: NativeFn,
    /// Class methods, static methods and constants.
    pub statics: &'static [Native],
    /// What calling it may do.
    pub effect: Effect,
    /// Whether a store on it changes how DAGs are built, so that those made after it are refused.
    pub builds: bool,
    /// How instances of the user's subclasses come to be; `None` where such classes are not followed.
    pub derived: Option<Blank>,
}

impl ApiClass {
    /// The class as a value.
    pub fn value(&'static self) -> Value {
        Value::object(ClassObject(self))
    }

    /// The dotted path.
    pub fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }
}

/// An [`ApiClass`] as a Python value.
pub struct ClassObject(pub &'static ApiClass);

impl Object for ClassObject {
    fn type_name(&self) -> Rc<str> {
        "type".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "__name__" | "__qualname__" => Some(Value::str(self.0.name)),
            "__module__" => Some(Value::str(self.0.module)),
            _ => self.0.statics.iter().find(|native| native.name == name).map(Value::Native),
        })
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, _value: Value, span: Span) -> Eval<bool> {
        if self.0.builds {
            State::of(vm).tamper(span, &format!("{}.{name}", self.0.name));
        }
        Ok(true)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        (self.0.new)(vm, args)
    }

    fn call_effect(&self) -> Effect {
        self.0.effect
    }

    fn effect(&self) -> Effect {
        self.0.effect
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<ClassObject>().is_some_and(|other| std::ptr::eq(self.0, other.0))
    }

    fn hash_text(&self) -> Option<String> {
        Some(self.0.path())
    }

    fn subclass(self: Rc<Self>, vm: &mut Vm, class: &Rc<Class>) -> Eval<Option<Value>> {
        if !self.0.builds {
            return Ok(None);
        }
        if self.0.derived.is_some() {
            return Ok(Some(Value::object(Derived::new(self.0, None, class))));
        }
        let message = format!("`{}` is a subclass of `{}`, which is not modelled", class.name, self.0.name);
        Ok(Some(Value::Unknown(vm.cause(CauseKind::NotModelled, message).with_path(class.path()))))
    }

    fn super_attr(self: Rc<Self>, _vm: &mut Vm, receiver: &Value, name: &str) -> Eval<Option<Value>> {
        Ok(derived::super_attribute(self.0, receiver, name))
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<class '{}'>", self.0.path()).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Reference(Reference {
            module: Some(self.0.module.to_owned()),
            name: self.0.name.to_owned(),
            span: None,
            captured: Vec::new(),
        })
    }
}
