//! What stands for classes: unions (`int | str`) and classes with arguments (`list[int]`).

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::types::{GENERIC_ALIAS, UNION};
use super::{Args, Eval, Object, Operation, Type, Value};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};

/// `int | str`.
#[derive(Debug)]
pub struct Union {
    /// Its members: classes and `None`.
    pub members: Vec<Value>,
}

crate::value::release::released!(Union);

impl Object for Union {
    fn class(&self) -> Option<&'static Type> {
        Some(&UNION)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "__args__").then(|| Value::tuple(self.members.clone())))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Union>() else { return Ok(None) };
        let within = |a: &[Value], b: &[Value]| a.iter().all(|one| b.iter().any(|other| one.is(other)));
        Ok(Some(within(&self.members, &other.members) && within(&other.members, &self.members)))
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        Ok(union_with(&Value::Object(self), operation))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.members.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "a union of classes has no form in a definition"),
        )
    }
}

/// `own | other` or `other | own`.
fn union_with(own: &Value, Operation { op, other, reflected, .. }: Operation<'_>) -> Option<Value> {
    match op {
        Operator::BitOr if reflected => union_of(other, own),
        Operator::BitOr => union_of(own, other),
        _ => None,
    }
}

/// `left | right` for classes, unions and `None`; nothing for other values.
pub fn union_of(left: &Value, right: &Value) -> Option<Value> {
    let mut members: Vec<Value> = Vec::new();
    for side in [left, right] {
        match side {
            Value::None | Value::Type(_) | Value::Class(_) => members.push(side.clone()),
            Value::Object(_) => match (side.downcast::<Union>(), side.downcast::<Alias>()) {
                (Some(union), _) => members.extend(union.members.iter().cloned()),
                (None, Some(_)) => members.push(side.clone()),
                (None, None) => return None,
            },
            _ => return None,
        }
    }
    if left.is_none() && right.is_none() {
        return None;
    }
    let mut unique: Vec<Value> = Vec::new();
    for member in members {
        if !unique.iter().any(|other| other.is(&member)) {
            unique.push(member);
        }
    }
    match unique.as_slice() {
        [one] => Some(one.clone()),
        _ => Some(Value::object(Union { members: unique })),
    }
}

/// `list[int]`.
#[derive(Debug)]
pub struct Alias {
    /// The class.
    pub origin: Value,
    /// What stands in the brackets.
    pub args: Vec<Value>,
}

crate::value::release::released!(Alias);

impl Object for Alias {
    fn class(&self) -> Option<&'static Type> {
        Some(&GENERIC_ALIAS)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match name {
            "__origin__" => Ok(Some(self.origin.clone())),
            "__args__" => Ok(Some(Value::tuple(self.args.clone()))),
            _ => vm.attr_or_none(&self.origin, name),
        }
    }

    fn is_same(&self, other: &Value) -> bool {
        // Only as equal as `==` needs it: the same class with the same arguments.
        other.downcast::<Alias>().is_some_and(|other| {
            self.origin.is(&other.origin)
                && self.args.len() == other.args.len()
                && self.args.iter().zip(&other.args).all(|(a, b)| a.is(b))
        })
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        vm.call(&self.origin, args)
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        Ok(union_with(&Value::Object(self), operation))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.origin);
        self.args.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a generic class has no form in a definition"))
    }
}
