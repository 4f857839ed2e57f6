//! Values to plain data, once the file has ended.

use std::rc::Rc;

use super::instance::instance_inner;
use super::{Scope, ScopeKind, Vm};
use crate::datum::{Captured, Cause, CauseKind, Datum, Reference};
use crate::parse::names;
use crate::source::Span;
use crate::value::function::{Code, Method};
use crate::value::{Function, Key, Native, Value};

/// How deep values may lie in each other; a definition holds no more (`yaml::MAX_DEPTH`).
const MAX_DEPTH: usize = 200;

/// How many values one value may come to, the same one at several places counted at each.
pub(crate) const MAX_PARTS: usize = 1_000_000;

/// Turns values into plain data. Guards against values that contain themselves.
pub struct Collector<'a> {
    /// The run.
    pub vm: &'a mut Vm,
    span: Span,
    inside: Vec<*const ()>,
    /// How many values more may be turned into data: what is shared is data once for each place.
    pub(crate) left: usize,
}

impl<'a> Collector<'a> {
    /// A collector for a value that was written at `span`.
    pub fn new(vm: &'a mut Vm, span: Span) -> Self {
        Self { vm, span, inside: Vec::new(), left: MAX_PARTS }
    }

    /// Why a value has no form as plain data.
    pub fn cause(&self, kind: CauseKind, message: impl Into<String>) -> Cause {
        Cause::new(kind, self.span, message)
    }

    /// The plain data of a value.
    pub fn datum(&mut self, value: &Value) -> Datum {
        if self.left == 0 {
            let message = format!("the value has more than {MAX_PARTS} parts");
            return Datum::Unknown(self.cause(CauseKind::Limit, message));
        }
        self.left -= 1;
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
                self.guarded(Rc::as_ptr(list).cast(), |this| {
                    let items = list.seen().clone();
                    Datum::List(items.iter().map(|item| this.datum(item)).collect())
                })
            }
            Value::Dict(dict) => {
                if let Some(cause) = dict.why_open() {
                    return Datum::Unknown(cause);
                }
                self.guarded(Rc::as_ptr(dict).cast(), |this| {
                    let items: Vec<(Key, Value)> =
                        dict.seen().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
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
                self.guarded(Rc::as_ptr(set).cast(), |this| {
                    let items = items.iter().map(|item| this.datum(item)).collect();
                    if set.frozen { Datum::FrozenSet(items) } else { Datum::Set(items) }
                })
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
                captured: Vec::new(),
            }),
            Value::Type(class) => Datum::Reference(Reference {
                module: Some(class.module.to_owned()),
                name: class.name.to_owned(),
                span: None,
                captured: Vec::new(),
            }),
            Value::Native(native) if self.is_builtin(native) => Datum::Reference(Reference {
                module: Some("builtins".to_owned()),
                name: native.name.to_owned(),
                span: None,
                captured: Vec::new(),
            }),
            Value::Native(native) => Datum::Unknown(self.cause(
                CauseKind::Unsupported,
                format!("the function `{}` has no form in a definition", native.name),
            )),
            Value::Method(method) if class_method(method).is_some() => {
                class_method(method).map_or(Datum::Null, Datum::Reference)
            }
            Value::Ellipsis
            | Value::NotImplemented
            | Value::Iter(_)
            | Value::Method(_)
            | Value::Module(_) => Datum::Unknown(self.cause(
                CauseKind::Unsupported,
                format!("a value of type `{}` has no form in a definition", value.type_name()),
            )),
            Value::Instance(instance) => match instance_inner(instance, self.span) {
                Ok(inner) => self.guarded(Rc::as_ptr(instance).cast(), |this| this.datum(&inner)),
                Err(cause) => Datum::Unknown(cause),
            },
            Value::Object(object) => {
                let object = Rc::clone(object);
                self.guarded(Rc::as_ptr(&object).cast(), |this| object.datum(this))
            }
            Value::Unknown(cause) => Datum::Unknown(self.said(cause)),
        }
    }

    /// Whether a function of the library is what its name stands for without an import.
    fn is_builtin(&self, native: &'static Native) -> bool {
        let found = self.vm.library.builtin(native.name);
        matches!(found, Some(Value::Native(other)) if std::ptr::eq(other, native))
    }

    /// The name under which an import finds the very function: its own, or another one that a module ends with.
    fn function(&mut self, function: &Rc<Function>) -> Reference {
        let own = function.scope.globals();
        let at = |scope: &Scope, name: &str| Reference {
            module: Some(scope.module.to_string()),
            name: name.to_owned(),
            span: Some(function.span),
            captured: Vec::new(),
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
        let captured = self.captured(function);
        Reference { module: None, name: qualname.to_owned(), span: Some(function.span), captured }
    }

    /// What a function has from the calls around it, as they stand when the file ends: a closure sees later changes. Its defaults
    /// are those of its definition.
    fn captured(&mut self, function: &Rc<Function>) -> Vec<(String, Captured)> {
        // A function that reaches itself through what it closes over has its own name there.
        if self.inside.contains(&Rc::as_ptr(function).cast()) {
            return Vec::new();
        }
        if self.inside.len() > MAX_DEPTH {
            return vec![(".".to_owned(), Captured::Value(Datum::Unknown(self.too_deep())))];
        }
        self.inside.push(Rc::as_ptr(function).cast());
        let mut captured = Vec::new();
        for (name, value) in &function.defaults {
            captured.push((format!("={name}"), Captured::Value(self.datum(value))));
        }
        if let Some((name, _)) = function.attrs.borrow().first() {
            let cause = self.cause(
                CauseKind::Unsupported,
                format!("the attribute `{name}` is set on the function `{}`", function.name),
            );
            captured.push((".".to_owned(), Captured::Value(Datum::Unknown(cause))));
        }
        let free = match &function.code {
            Code::Def(def) => names::read_by_function(def),
            Code::Lambda(lambda) => names::read_by_lambda(lambda),
        };
        for free in free {
            let mut around = Some(Rc::clone(&function.scope));
            while let Some(scope) = around.take().filter(|scope| scope.kind != ScopeKind::Module) {
                let value = (scope.kind == ScopeKind::Function).then(|| scope.get(&free.name)).flatten();
                if let Some(value) = value {
                    captured.push((free.name, self.capture(&value)));
                    break;
                }
                around.clone_from(&scope.parent);
            }
        }
        self.inside.pop();
        captured
    }

    fn capture(&mut self, value: &Value) -> Captured {
        match value {
            Value::Module(module) => Captured::Module(module.name.to_string()),
            value => Captured::Value(self.datum(value)),
        }
    }

    fn too_deep(&self) -> Cause {
        self.cause(CauseKind::Limit, format!("the value is nested more than {MAX_DEPTH} levels deep"))
    }

    fn guarded(&mut self, address: *const (), make: impl FnOnce(&mut Self) -> Datum) -> Datum {
        if self.inside.contains(&address) {
            return Datum::Unknown(self.cause(CauseKind::Unsupported, "the value contains itself"));
        }
        if self.inside.len() > MAX_DEPTH {
            return Datum::Unknown(self.too_deep());
        }
        self.inside.push(address);
        let datum = make(self);
        self.inside.pop();
        datum
    }
}

/// A method that is bound to its class, and that the class at the top level of its module gives by its name.
fn class_method(method: &Method) -> Option<Reference> {
    let (Value::Class(class), Value::Function(function)) = (&method.receiver, &method.function) else {
        return None;
    };
    let name = format!("{}.{}", class.name, function.name);
    let is_own = *function.qualname == *name;
    let (module, span) = (Some(class.module.to_string()), Some(function.span));
    is_own.then_some(Reference { module, name, span, captured: Vec::new() })
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
