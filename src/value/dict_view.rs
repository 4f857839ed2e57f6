//! What `dict.keys()`, `.values()` and `.items()` give: views that follow the dict.

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::{Dict, Eval, Iter, Key, Native, Object, ObjectRef, Operation, Set, Type, Value, special};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::map::IndexSet;

/// Which part of a dict a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// Its keys.
    Keys,
    /// Its values.
    Values,
    /// Both, as pairs.
    Items,
}

/// A view of a dict.
pub struct DictView {
    /// The dict.
    pub dict: Rc<Dict>,
    /// What the view shows of it.
    pub kind: ViewKind,
}

macro_rules! view_type {
    ($(#[doc = $doc:literal])+ $name:ident $text:literal [$($method:expr),*]) => {
        $(#[doc = $doc])+
        pub static $name: Type = Type {
            methods: &[special::LEN, special::CONTAINS, special::ITER, REVERSED, $($method),*],
            ..Type::new("builtins", $text, |vm, _| vm.unsupported("views have no constructor"))
        };
    };
}

const REVERSED: Native = Native::new("__reversed__", |vm, mut args| {
    let value = args.need()?;
    args.finish()?;
    let mut items = vm.iterate(&value)?;
    items.reverse();
    Ok(Value::Iter(Rc::new(Iter::new(items))))
});

const ISDISJOINT: Native = Native::new("isdisjoint", |vm, mut args| {
    let (own, other) = (args.need()?, args.need()?);
    args.finish()?;
    for item in vm.iterate(&other)? {
        if vm.contains(&own, &item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
});

view_type! {
    /// `dict_keys`.
    DICT_KEYS "dict_keys" [ISDISJOINT]
}
view_type! {
    /// `dict_values`.
    DICT_VALUES "dict_values" []
}
view_type! {
    /// `dict_items`.
    DICT_ITEMS "dict_items" [ISDISJOINT]
}

impl DictView {
    fn values(&self) -> Eval<Vec<Value>> {
        let items = self.dict.items()?;
        Ok(match self.kind {
            ViewKind::Keys => items.keys().map(|key| key.value().clone()).collect(),
            ViewKind::Values => items.values().cloned().collect(),
            ViewKind::Items => items
                .iter()
                .map(|(key, value)| Value::tuple(vec![key.value().clone(), value.clone()]))
                .collect(),
        })
    }
}

/// The items of a view of keys or pairs as a set; nothing for other values.
pub fn as_set(value: &Value) -> Eval<Option<Value>> {
    let Some(view) = value.downcast::<DictView>() else { return Ok(None) };
    if view.kind == ViewKind::Values {
        return Ok(None);
    }
    let keys: Eval<IndexSet<Key>> = view.values()?.into_iter().map(Key::new).collect();
    Ok(Some(Value::Set(Rc::new(Set::new(keys?, false)))))
}

crate::value::release::released!(DictView);

impl Object for DictView {
    fn class(&self) -> Option<&'static Type> {
        Some(match self.kind {
            ViewKind::Keys => &DICT_KEYS,
            ViewKind::Values => &DICT_VALUES,
            ViewKind::Items => &DICT_ITEMS,
        })
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match name {
            "mapping" => vm.unsupported("`mapping` of a view is not modelled"),
            _ => Ok(None),
        }
    }

    fn contains(self: Rc<Self>, vm: &mut Vm, item: &Value) -> Eval<Option<bool>> {
        match self.kind {
            ViewKind::Keys => vm.contains(&Value::Dict(Rc::clone(&self.dict)), item).map(Some),
            // The evaluator looks for it among the items.
            ViewKind::Values | ViewKind::Items => Ok(None),
        }
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        self.values().map(Some)
    }

    fn len(&self) -> Eval<Option<usize>> {
        Ok(Some(self.dict.items()?.len()))
    }

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        Operation { op, other, reflected, .. }: Operation<'_>,
    ) -> Eval<Option<Value>> {
        if !matches!(op, Operator::BitAnd | Operator::BitOr | Operator::BitXor | Operator::Sub) {
            return Ok(None);
        }
        let Some(own) = as_set(&Value::Object(Rc::clone(&self) as ObjectRef))? else { return Ok(None) };
        let others: Eval<IndexSet<Key>> = vm.iterate(other)?.into_iter().map(Key::new).collect();
        let other = Value::Set(Rc::new(Set::new(others?, false)));
        let (left, right) = if reflected { (&other, &own) } else { (&own, &other) };
        vm.binary(op, left, right).map(Some)
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let items = vm.repr(&Value::list(self.values()?))?;
        Ok(format!("{}({items})", self.type_name()).into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&Value::Dict(Rc::clone(&self.dict)));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "a view of a dict has no form in a definition"),
        )
    }
}
