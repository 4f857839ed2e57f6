//! `set` and `frozenset`: their constructors and methods.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator};

use super::convert::receiver;
use super::{Args, Eval, Key, Native, Set, Stop, Type, Value, special};
use crate::eval::Vm;
use crate::map::IndexSet;

macro_rules! shared_methods {
    ($($more:expr),* $(,)?) => {
        &[
            Native::new("union", |vm, args| combine(vm, args, Operator::BitOr)),
            Native::new("intersection", |vm, args| combine(vm, args, Operator::BitAnd)),
            Native::new("difference", |vm, args| combine(vm, args, Operator::Sub)),
            Native::new("symmetric_difference", |vm, args| combine(vm, args, Operator::BitXor)),
            Native::new("issubset", |vm, args| relate(vm, args, CmpOp::LtE)),
            Native::new("issuperset", |vm, args| relate(vm, args, CmpOp::GtE)),
            Native::new("isdisjoint", |vm, mut args| {
                let (own, other) = (set(&mut args)?, args.need()?);
                args.finish()?;
                let other = keys(vm, &other)?;
                let disjoint = own.items()?.is_disjoint(&other);
                Ok(Value::Bool(disjoint))
            }),
            Native::new("copy", |vm, mut args| {
                let own = set(&mut args)?;
                args.finish()?;
                let items = own.items()?.clone();
                vm.spend(items.len())?;
                Ok(Value::Set(Rc::new(Set::new(items, own.frozen))))
            }),
            special::LEN,
            special::CONTAINS,
            special::ITER,
            special::OR,
            special::AND,
            special::SUB,
            special::XOR,
            special::EQ,
            special::LT,
            special::LE,
            special::GT,
            special::GE,
            $($more),*
        ]
    };
}

/// `set`.
pub static SET: Type = Type {
    methods: shared_methods![
        Native::new("add", |vm, mut args| {
            let own = set(&mut args)?;
            let item = args.need()?;
            args.finish()?;
            let key = Key::new(item)?;
            vm.spend(1)?;
            own.change().insert(key);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("discard", |_, mut args| {
            let own = set(&mut args)?;
            let key = Key::new(args.need()?)?;
            args.finish()?;
            own.change().shift_remove(&key);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("remove", |_, mut args| {
            let own = set(&mut args)?;
            let key = Key::new(args.need()?)?;
            args.finish()?;
            own.items()?;
            if own.change().shift_remove(&key) {
                Ok(Value::None)
            } else {
                Err(Stop::key_error(key.into_value()))
            }
        })
        .mutating(),
        Native::new("pop", |vm, mut args| {
            let own = set(&mut args)?;
            args.finish()?;
            let Some(first) = vm.set_order(&own)?.into_iter().next() else {
                return Err(Stop::key_error(Value::str("pop from an empty set")));
            };
            own.change().shift_remove(&Key::new(first.clone())?);
            Ok(first)
        })
        .mutating(),
        Native::new("clear", |_, mut args| {
            let own = set(&mut args)?;
            args.finish()?;
            own.change().clear();
            Ok(Value::None)
        })
        .mutating(),
        Native::new("update", |vm, args| combine_in_place(vm, args, Operator::BitOr)).mutating(),
        Native::new("intersection_update", |vm, args| combine_in_place(vm, args, Operator::BitAnd))
            .mutating(),
        Native::new("difference_update", |vm, args| combine_in_place(vm, args, Operator::Sub)).mutating(),
        Native::new("symmetric_difference_update", |vm, args| {
            combine_in_place(vm, args, Operator::BitXor)
        })
        .mutating(),
        Native::new("__init__", |vm, mut args| {
            let own = set(&mut args)?;
            let items = args.pop();
            args.finish()?;
            let items = match items {
                Some(items) => keys(vm, &items)?,
                None => IndexSet::default(),
            };
            *own.change() = items;
            Ok(Value::None)
        })
        .mutating(),
    ],
    ..Type::new("builtins", "set", |vm, args| new(vm, args, false))
};

/// `frozenset`.
pub static FROZEN_SET: Type =
    Type { methods: shared_methods![], ..Type::new("builtins", "frozenset", |vm, args| new(vm, args, true)) };

fn new(vm: &mut Vm, mut args: Args, frozen: bool) -> Eval<Value> {
    let items = args.pop();
    args.finish()?;
    let items = match items {
        Some(items) => keys(vm, &items)?,
        None => IndexSet::default(),
    };
    Ok(Value::Set(Rc::new(Set::new(items, frozen))))
}

fn set(args: &mut Args) -> Eval<Rc<Set>> {
    receiver(args, "set", |value| match value {
        Value::Set(set) => Some(set),
        _ => None,
    })
}

/// The items of an iterable as keys. A set made of a set does not look at its order.
pub fn keys(vm: &mut Vm, source: &Value) -> Eval<IndexSet<Key>> {
    if let Value::Set(set) = source {
        let items = set.items()?.clone();
        vm.spend(items.len())?;
        return Ok(items);
    }
    vm.iterate(source)?.into_iter().map(Key::new).collect()
}

fn join(vm: &mut Vm, own: &IndexSet<Key>, other: &IndexSet<Key>, op: Operator) -> Eval<IndexSet<Key>> {
    vm.spend(own.len() + other.len())?;
    Ok(match op {
        Operator::BitOr => own.union(other).cloned().collect(),
        Operator::BitAnd => own.intersection(other).cloned().collect(),
        Operator::Sub => own.difference(other).cloned().collect(),
        _ => own.symmetric_difference(other).cloned().collect(),
    })
}

fn combined(vm: &mut Vm, own: &Set, mut args: Args, op: Operator) -> Eval<IndexSet<Key>> {
    let mut items = own.items()?.clone();
    while let Some(other) = args.pop() {
        let other = keys(vm, &other)?;
        items = join(vm, &items, &other, op)?;
    }
    args.finish()?;
    Ok(items)
}

fn combine(vm: &mut Vm, mut args: Args, op: Operator) -> Eval<Value> {
    let own = set(&mut args)?;
    let items = combined(vm, &own, args, op)?;
    Ok(Value::Set(Rc::new(Set::new(items, own.frozen))))
}

fn combine_in_place(vm: &mut Vm, mut args: Args, op: Operator) -> Eval<Value> {
    let own = set(&mut args)?;
    let items = combined(vm, &own, args, op)?;
    *own.change() = items;
    Ok(Value::None)
}

fn relate(vm: &mut Vm, mut args: Args, op: CmpOp) -> Eval<Value> {
    let own = Value::Set(set(&mut args)?);
    let other = args.need()?;
    args.finish()?;
    let other = Value::Set(Rc::new(Set::new(keys(vm, &other)?, false)));
    vm.compare(op, &own, &other)
}
