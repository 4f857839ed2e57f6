//! Rows for the special methods that the tables of built-in classes share: each does what its operator does.

use ruff_python_ast::{CmpOp, Operator};

use super::{Args, Eval, Native, Value};
use crate::eval::Vm;

/// `__len__`.
pub const LEN: Native = Native::new("__len__", |vm, mut args| {
    let value = args.need()?;
    args.finish()?;
    vm.len(&value.plain()).map(Value::int)
});

/// `__contains__`.
pub const CONTAINS: Native = Native::new("__contains__", |vm, mut args| {
    let (value, item) = (args.need()?, args.need()?);
    args.finish()?;
    vm.contains(&value.plain(), &item).map(Value::Bool)
});

/// `__getitem__`.
pub const GETITEM: Native = Native::new("__getitem__", |vm, mut args| {
    let (value, key) = (args.need()?, args.need()?);
    args.finish()?;
    vm.item(&value.plain(), &key)
});

/// `__setitem__`.
pub const SETITEM: Native = Native::new("__setitem__", |vm, mut args| {
    let span = args.span;
    let (value, key, item) = (args.need()?, args.need()?, args.need()?);
    args.finish()?;
    vm.set_item(&value.plain(), &key, item, span)?;
    Ok(Value::None)
})
.mutating();

/// `__delitem__`.
pub const DELITEM: Native = Native::new("__delitem__", |vm, mut args| {
    let (value, key) = (args.need()?, args.need()?);
    args.finish()?;
    vm.del_item(&value.plain(), &key)?;
    Ok(Value::None)
})
.mutating();

/// `__iter__`.
pub const ITER: Native = Native::new("__iter__", |vm, mut args| {
    let value = args.need()?;
    args.finish()?;
    vm.iterator(&value.plain())
});

/// `__reversed__`.
pub const REVERSED: Native = Native::new("__reversed__", |vm, mut args| {
    let value = args.need()?;
    args.finish()?;
    vm.reversed(&value.plain())
});

/// `__add__`.
pub const ADD: Native = Native::new("__add__", |vm, args| binary(vm, args, Operator::Add));

/// `__mul__`.
pub const MUL: Native = Native::new("__mul__", |vm, args| binary(vm, args, Operator::Mult));

/// `__rmul__`.
pub const RMUL: Native = Native::new("__rmul__", |vm, args| binary(vm, args, Operator::Mult));

/// `__mod__`.
pub const MOD: Native = Native::new("__mod__", |vm, args| binary(vm, args, Operator::Mod));

/// `__or__`.
pub const OR: Native = Native::new("__or__", |vm, args| binary(vm, args, Operator::BitOr));

/// `__and__`.
pub const AND: Native = Native::new("__and__", |vm, args| binary(vm, args, Operator::BitAnd));

/// `__sub__`.
pub const SUB: Native = Native::new("__sub__", |vm, args| binary(vm, args, Operator::Sub));

/// `__xor__`.
pub const XOR: Native = Native::new("__xor__", |vm, args| binary(vm, args, Operator::BitXor));

/// `__lt__`.
pub const LT: Native = Native::new("__lt__", |vm, args| compare(vm, args, CmpOp::Lt));

/// `__le__`.
pub const LE: Native = Native::new("__le__", |vm, args| compare(vm, args, CmpOp::LtE));

/// `__gt__`.
pub const GT: Native = Native::new("__gt__", |vm, args| compare(vm, args, CmpOp::Gt));

/// `__ge__`.
pub const GE: Native = Native::new("__ge__", |vm, args| compare(vm, args, CmpOp::GtE));

/// `__eq__`.
pub const EQ: Native = Native::new("__eq__", |vm, mut args| {
    let (left, right) = (args.need()?.plain(), args.need()?.plain());
    args.finish()?;
    let alike = std::mem::discriminant(&left) == std::mem::discriminant(&right);
    if alike { vm.equals(&left, &right).map(Value::Bool) } else { Ok(Value::NotImplemented) }
});

fn binary(vm: &mut Vm, mut args: Args, op: Operator) -> Eval<Value> {
    let (left, right) = (args.need()?, args.need()?);
    args.finish()?;
    vm.binary(op, &left.plain(), &right)
}

fn compare(vm: &mut Vm, mut args: Args, op: CmpOp) -> Eval<Value> {
    let (left, right) = (args.need()?.plain(), args.need()?.plain());
    args.finish()?;
    let alike = std::mem::discriminant(&left) == std::mem::discriminant(&right);
    if alike { vm.compare(op, &left, &right) } else { Ok(Value::NotImplemented) }
}
