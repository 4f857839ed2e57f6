//! Enums of Airflow's packages, as the catalogue has them: classes, and members that are written by their import path.

use std::rc::Rc;

use super::typed::split_path;
use crate::catalog::{Data, DataKind};
use crate::datum::{Cause, CauseKind, Datum, Form, Reference};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Args, Eval, Key, Object, Stop, Value};

/// An enum class, under the path it was imported by.
pub(super) struct PlainEnum {
    path: Rc<str>,
    data: Data,
    /// Where it was imported.
    span: Span,
}

impl PlainEnum {
    /// The class as a value.
    pub(super) fn value(path: impl Into<Rc<str>>, data: Data, span: Span) -> Value {
        Value::object(Self { path: path.into(), data, span })
    }

    fn name(&self) -> &str {
        split_path(&self.path).1
    }

    fn member(self: &Rc<Self>, vm: &mut Vm, name: &'static str, literal: &str) -> Eval<Value> {
        let value = vm.eval_literal(literal)?;
        Ok(Value::object(PlainMember { class: Rc::clone(self), name, value }))
    }

    fn members(self: &Rc<Self>, vm: &mut Vm) -> Eval<Vec<Value>> {
        self.data.constants().map(|(name, literal)| self.member(vm, name, literal)).collect()
    }

    fn named(self: &Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let found = self.data.constants().find(|(own, _)| *own == name);
        found.map(|(name, literal)| self.member(vm, name, literal)).transpose()
    }
}

impl Object for PlainEnum {
    fn type_name(&self) -> Rc<str> {
        "EnumType".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if let Some(member) = self.named(vm, name)? {
            return Ok(Some(member));
        }
        let (module, class) = split_path(&self.path);
        Ok(Some(match name {
            "__name__" | "__qualname__" => Value::str(class),
            "__module__" => Value::str(module),
            _ => Value::Unknown(
                vm.cause(CauseKind::NotModelled, format!("`{class}.{name}` is not modelled"))
                    .with_path(format!("{}.{name}", self.path))
                    .with_form(Form::At(module.len())),
            ),
        }))
    }

    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let wanted = args.expect("value")?.known()?;
        args.finish()?;
        for member in self.members(vm)? {
            let value = member.downcast::<PlainMember>().map(|member| member.value.clone());
            if member.is(&wanted) || value.is_some_and(|value| is_equal(&value, &wanted)) {
                return Ok(member);
            }
        }
        // Its `_missing_` may know more than the catalogue does.
        vm.unknown(CauseKind::NotModelled, format!("no member of `{}` is known for the value", self.name()))
    }

    fn item(self: Rc<Self>, vm: &mut Vm, key: Value) -> Eval<Option<Value>> {
        let key = key.known()?;
        match key.as_str().map(|name| self.named(vm, name)).transpose()?.flatten() {
            Some(member) => Ok(Some(member)),
            None => Err(Stop::key_error(key)),
        }
    }

    fn iterate(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.members(vm).map(Some)
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.data.constants().count()))
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<PlainEnum>().is_some_and(|other| self.data.path == other.data.path)
    }

    fn hash_text(&self) -> Option<String> {
        Some(self.data.path.to_owned())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let (module, name) = split_path(&self.path);
        Datum::Reference(Reference {
            module: Some(module.to_owned()),
            name: name.to_owned(),
            span: None,
            captured: Vec::new(),
        })
    }
}

/// Whether a value of the catalogue, a string or a number, is equal to another value.
fn is_equal(own: &Value, other: &Value) -> bool {
    match (Key::new(own.clone()), Key::new(other.clone())) {
        (Ok(own), Ok(other)) => own == other,
        _ => false,
    }
}

/// A member of such an enum.
struct PlainMember {
    class: Rc<PlainEnum>,
    name: &'static str,
    value: Value,
}

impl PlainMember {
    /// The string or number that it also is.
    fn mixed_in(&self) -> Option<&Value> {
        match self.class.data.kind {
            DataKind::StrEnum | DataKind::IntEnum => Some(&self.value),
            DataKind::Enum | DataKind::OwnEnum | DataKind::Class | DataKind::Constants => None,
        }
    }
}

impl Object for PlainMember {
    fn class_value(&self) -> Option<Value> {
        Some(Value::Object(Rc::clone(&self.class) as Rc<dyn Object>))
    }

    fn type_name(&self) -> Rc<str> {
        self.class.name().into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(Some(match name {
            "value" | "_value_" => self.value.clone(),
            "name" | "_name_" => Value::str(self.name),
            _ => {
                let message = format!("`{}.{}.{name}` is not modelled", self.class.name(), self.name);
                Value::Unknown(vm.cause(CauseKind::NotModelled, message))
            }
        }))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        if self.is_same(other) {
            return Ok(Some(true));
        }
        // Those of the pinned packages are equal to their values too; what else they may be equal to is not known.
        if self.class.data.kind == DataKind::OwnEnum && other.downcast::<PlainMember>().is_none() {
            let message = format!("what a member of `{}` is equal to is not modelled", self.class.name());
            return Err(Stop::Unknown(Cause::new(CauseKind::NotModelled, self.class.span, message)));
        }
        let Some(own) = self.mixed_in() else { return Ok(Some(false)) };
        let other =
            other.downcast::<PlainMember>().map_or_else(|| other.clone(), |other| other.value.clone());
        other.known().map(|other| Some(is_equal(own, &other)))
    }

    fn is_same(&self, other: &Value) -> bool {
        other
            .downcast::<PlainMember>()
            .is_some_and(|other| self.class.data.path == other.class.data.path && self.name == other.name)
    }

    fn built_in(&self) -> Option<Value> {
        self.mixed_in().cloned()
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("{}.{}", self.class.data.path, self.name))
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let (module, class) = split_path(&self.class.path);
        let name = format!("{class}.{}", self.name);
        Datum::Reference(Reference {
            module: Some(module.to_owned()),
            name,
            span: None,
            captured: Vec::new(),
        })
    }
}
