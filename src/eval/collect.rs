//! Values to plain data, once the file has ended.

use std::rc::Rc;

use super::{Scope, Vm};
use crate::datum::{Cause, CauseKind, Datum, Reference};
use crate::source::Span;
use crate::value::{Function, Key, Native, Value};

/// Turns values into plain data. Guards against values that contain themselves.
pub struct Collector<'a> {
    /// The run.
    pub vm: &'a mut Vm,
    span: Span,
    inside: Vec<*const ()>,
}

impl<'a> Collector<'a> {
    /// A collector for a value that was written at `span`.
    pub fn new(vm: &'a mut Vm, span: Span) -> Self {
        Self { vm, span, inside: Vec::new() }
    }

    /// Why a value has no form as plain data.
    pub fn cause(&self, kind: CauseKind, message: impl Into<String>) -> Cause {
        Cause::new(kind, self.span, message)
    }

    /// The plain data of a value.
    pub fn datum(&mut self, value: &Value) -> Datum {
        match value {
            Value::None => Datum::Null,
            Value::Bool(flag) => Datum::Bool(*flag),
            Value::Int(number) => Datum::Int((**number).clone()),
            Value::Float(number) => Datum::Float(*number),
            Value::Str(text) => Datum::str(&**text),
            Value::Bytes(bytes) => Datum::Bytes(bytes.to_vec()),
            Value::Tuple(items) => self.guarded(Rc::as_ptr(items).cast(), |this| {
                Datum::Tuple(items.iter().map(|item| this.datum(item)).collect())
            }),
            Value::List(list) => {
                if let Some(cause) = list.why_open() {
                    return Datum::Unknown(cause);
                }
                let items = list.seen().clone();
                self.guarded(Rc::as_ptr(list).cast(), |this| {
                    Datum::List(items.iter().map(|item| this.datum(item)).collect())
                })
            }
            Value::Dict(dict) => {
                if let Some(cause) = dict.why_open() {
                    return Datum::Unknown(cause);
                }
                let items: Vec<(Key, Value)> =
                    dict.seen().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                self.guarded(Rc::as_ptr(dict).cast(), |this| {
                    Datum::Map(
                        items
                            .iter()
                            .map(|(key, value)| (this.datum(key.value()), this.datum(value)))
                            .collect(),
                    )
                })
            }
            Value::Set(set) => {
                if let Some(cause) = set.why_open() {
                    return Datum::Unknown(cause);
                }
                let items = set.seen().iter().map(|key| key.value().clone()).collect::<Vec<_>>();
                let items = items.iter().map(|item| self.datum(item)).collect();
                if set.frozen { Datum::FrozenSet(items) } else { Datum::Set(items) }
            }
            Value::Range(range) => Datum::Object(Box::new(crate::datum::TypedObject {
                path: "builtins.range".to_owned(),
                args: [&range.start, &range.stop, &range.step].map(|n| Datum::Int(n.clone())).to_vec(),
                kwargs: Vec::new(),
            })),
            Value::Function(function) => Datum::Reference(self.function(function)),
            Value::Class(class) => Datum::Reference(Reference {
                module: Some(class.module.to_string()),
                name: class.name.to_string(),
                span: Some(class.span),
            }),
            Value::Type(class) => Datum::Reference(Reference {
                module: Some(class.module.to_owned()),
                name: class.name.to_owned(),
                span: None,
            }),
            Value::Native(native) if self.is_builtin(native) => Datum::Reference(Reference {
                module: Some("builtins".to_owned()),
                name: native.name.to_owned(),
                span: None,
            }),
            Value::Native(native) => Datum::Unknown(self.cause(
                CauseKind::Unsupported,
                format!("the function `{}` has no form in a definition", native.name),
            )),
            Value::Ellipsis
            | Value::NotImplemented
            | Value::Iter(_)
            | Value::Method(_)
            | Value::Module(_) => Datum::Unknown(self.cause(
                CauseKind::Unsupported,
                format!("a value of type `{}` has no form in a definition", value.type_name()),
            )),
            Value::Instance(instance) => self.vm.instance_datum(instance, self.span),
            Value::Object(object) => {
                let object = Rc::clone(object);
                self.guarded(Rc::as_ptr(&object).cast(), |this| object.datum(this))
            }
            Value::Unknown(cause) => Datum::Unknown(cause.clone()),
        }
    }

    /// Whether a function of the library is what its name stands for without an import.
    fn is_builtin(&self, native: &'static Native) -> bool {
        let found = self.vm.library.builtin(native.name);
        matches!(found, Some(Value::Native(other)) if std::ptr::eq(other, native))
    }

    /// The name under which an import finds the very function: its own, or another one that a module ends with.
    fn function(&self, function: &Rc<Function>) -> Reference {
        let own = function.scope.globals();
        let at = |scope: &Scope, name: &str| Reference {
            module: Some(scope.module.to_string()),
            name: name.to_owned(),
            span: Some(function.span),
        };
        let qualname = &*function.qualname;
        let nested = qualname.contains('<');
        if !nested && qualname.contains('.') {
            return at(&own, qualname);
        }
        if let Some(value) = own.get(qualname)
            && let Some(suffix) = stands_for(&value, function)
        {
            return at(&own, &format!("{qualname}{suffix}"));
        }
        for scope in std::iter::once(&own).chain(self.vm.globals.as_ref()) {
            let mut bindings = scope.bindings().into_iter();
            let found =
                bindings.find_map(|(name, value)| Some(format!("{name}{}", stands_for(&value, function)?)));
            if let Some(name) = found {
                return at(scope, &name);
            }
        }
        Reference { module: None, name: qualname.to_owned(), span: Some(function.span) }
    }

    fn guarded(&mut self, address: *const (), make: impl FnOnce(&mut Self) -> Datum) -> Datum {
        if self.inside.contains(&address) {
            return Datum::Unknown(self.cause(CauseKind::Unsupported, "the value contains itself"));
        }
        if self.inside.len() > 200 {
            return Datum::Unknown(
                self.cause(CauseKind::Limit, "the value is nested more than 200 levels deep"),
            );
        }
        self.inside.push(address);
        let datum = make(self);
        self.inside.pop();
        datum
    }
}

/// How a function is had from a value that is it, or that was made of it.
fn stands_for(value: &Value, function: &Rc<Function>) -> Option<String> {
    let is_it = |value: &Value| matches!(value, Value::Function(other) if Rc::ptr_eq(other, function));
    if is_it(value) {
        return Some(String::new());
    }
    let Value::Object(object) = value else { return None };
    let (attribute, wrapped) = object.wrapped_function()?;
    is_it(&wrapped).then(|| format!(".{attribute}"))
}
