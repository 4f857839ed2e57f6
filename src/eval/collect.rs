//! Values to plain data, once the file has ended.

use std::rc::Rc;

use super::Vm;
use crate::datum::{Cause, CauseKind, Datum, Reference};
use crate::source::Span;
use crate::value::{Key, Value};

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
            Value::Function(function) => {
                let nested = function.qualname.contains('<');
                Datum::Reference(Reference {
                    module: (!nested).then(|| function.module.to_string()),
                    name: function.qualname.to_string(),
                    span: Some(function.span),
                })
            }
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
