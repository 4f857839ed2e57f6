//! `list`: its constructor and methods.

use std::rc::Rc;

use super::convert::{clamp, receiver};
use super::exception::INDEX_ERROR;
use super::membership::Found;
use super::{Args, Eval, List, Native, Stop, Type, Value, sort, special};
use crate::eval::Vm;

/// `list`.
pub static LIST: Type = Type {
    methods: &[
        Native::new("append", append).mutating(),
        Native::new("extend", extend).mutating(),
        Native::new("insert", insert).mutating(),
        Native::new("remove", remove).mutating(),
        Native::new("pop", pop).mutating(),
        Native::new("clear", |_, mut args| {
            let list = list(&mut args)?;
            args.finish()?;
            list.change().clear();
            Ok(Value::None)
        })
        .mutating(),
        Native::new("sort", sort_in_place).mutating(),
        Native::new("reverse", |_, mut args| {
            let list = list(&mut args)?;
            args.finish()?;
            list.change().reverse();
            Ok(Value::None)
        })
        .mutating(),
        Native::new("copy", |vm, mut args| {
            let list = list(&mut args)?;
            args.finish()?;
            let items = list.items()?.clone();
            vm.spend(items.len())?;
            Ok(Value::list(items))
        }),
        Native::new("index", |vm, mut args| {
            let items = list(&mut args)?.items()?.clone();
            index_of(vm, &items, args, "list")
        }),
        Native::new("count", |vm, mut args| {
            let items = list(&mut args)?.items()?.clone();
            count_of(vm, &items, args)
        }),
        Native::new("__iadd__", |vm, mut args| {
            let (list, items) = (args.need()?, args.need()?);
            vm.binary_inplace(ruff_python_ast::Operator::Add, &list, &items)
        })
        .mutating(),
        Native::new("__init__", |vm, mut args| {
            let list = list(&mut args)?;
            let items = args.pop();
            args.finish()?;
            let items = match items {
                Some(items) => vm.iterate(&items)?,
                None => Vec::new(),
            };
            *list.change() = items;
            Ok(Value::None)
        })
        .mutating(),
        special::LEN,
        special::CONTAINS,
        special::GETITEM,
        special::SETITEM,
        special::DELITEM,
        special::ITER,
        special::REVERSED,
        special::ADD,
        special::MUL,
        special::RMUL,
        special::EQ,
        special::LT,
        special::LE,
        special::GT,
        special::GE,
    ],
    ..Type::new("builtins", "list", |vm, mut args| {
        let items = args.pop();
        args.finish()?;
        match items {
            Some(items) => vm.iterate(&items).map(Value::list),
            None => Ok(Value::list(Vec::new())),
        }
    })
};

fn list(args: &mut Args) -> Eval<Rc<List>> {
    receiver(args, "list", |value| match value {
        Value::List(list) => Some(list),
        _ => None,
    })
}

fn append(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let item = args.need()?;
    args.finish()?;
    let len = list.seen().len() + 1;
    if len > vm.budget.limits().size {
        vm.check_size(len)?;
    }
    list.change().push(item);
    Ok(Value::None)
}

fn extend(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let items = args.need()?;
    args.finish()?;
    let items = vm.iterate(&items)?;
    vm.check_size(list.seen().len() + items.len())?;
    list.change().extend(items);
    Ok(Value::None)
}

fn insert(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let (index, item) = (args.need()?, args.need()?);
    args.finish()?;
    let index = match vm.position(&index) {
        Err(Stop::Unknown(cause)) => {
            // The item is in it, wherever.
            list.change().push(item);
            return Err(Stop::Unknown(cause));
        }
        index => index?,
    };
    let len = list.seen().len();
    vm.check_size(len + 1)?;
    let at = match usize::try_from(index) {
        Ok(at) => at.min(len),
        Err(_) => len.saturating_sub(index.unsigned_abs()),
    };
    list.change().insert(at, item);
    Ok(Value::None)
}

fn remove(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let item = args.need()?;
    args.finish()?;
    let items = list.items()?.clone();
    match vm.position_of(&items, &item)? {
        Found::At(at) => {
            list.change().remove(at);
            Ok(Value::None)
        }
        Found::Somewhere(cause) | Found::Doubt(cause) => Err(Stop::Unknown(cause)),
        Found::Nowhere => Err(Stop::value_error("list.remove(x): x not in list")),
    }
}

fn pop(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let index = match args.pop() {
        Some(index) => vm.position(&index)?,
        None => -1,
    };
    args.finish()?;
    let len = list.items()?.len();
    if len == 0 {
        return Err(Stop::raise(&INDEX_ERROR, "pop from empty list"));
    }
    let at = if index < 0 { index.checked_add_unsigned(len) } else { Some(index) };
    match at.and_then(|at| usize::try_from(at).ok()).filter(|at| *at < len) {
        Some(at) => {
            vm.spend((len - at) / 64)?;
            Ok(list.change().remove(at))
        }
        None => Err(Stop::raise(&INDEX_ERROR, "pop index out of range")),
    }
}

fn sort_in_place(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let list = list(&mut args)?;
    let (key, reverse) = sort::options(vm, &mut args)?;
    args.finish()?;
    let items = list.items()?.clone();
    let sorted = vm.sorted(items, key.as_ref(), reverse)?;
    *list.change() = sorted;
    Ok(Value::None)
}

/// `index(item[, start[, stop]])` of a list or tuple.
pub fn index_of(vm: &mut Vm, items: &[Value], mut args: Args, class: &str) -> Eval<Value> {
    let item = args.need()?;
    let len = isize::try_from(items.len()).unwrap_or(isize::MAX);
    let mut bound = |default: isize| -> Eval<usize> {
        let at = match args.pop() {
            Some(value) => clamp(&vm.index(&value)?),
            None => default,
        };
        let at = if at < 0 { at.saturating_add(len).max(0) } else { at.min(len) };
        Ok(usize::try_from(at).unwrap_or(0))
    };
    let (start, stop) = (bound(0)?, bound(isize::MAX)?);
    args.finish()?;
    let part = if start < stop { &items[start..stop] } else { &[] };
    match vm.position_of(part, &item)? {
        Found::At(at) => Ok(Value::int(start + at)),
        Found::Somewhere(cause) | Found::Doubt(cause) => Err(Stop::Unknown(cause)),
        Found::Nowhere if class == "list" => {
            Err(Stop::value_error(format!("{} is not in list", vm.repr(&item)?)))
        }
        Found::Nowhere => Err(Stop::value_error(format!("{class}.index(x): x not in {class}"))),
    }
}

/// `count(item)` of a list or tuple.
pub fn count_of(vm: &mut Vm, items: &[Value], mut args: Args) -> Eval<Value> {
    let item = args.need()?;
    args.finish()?;
    let mut count = 0usize;
    for own in items {
        vm.spend(1)?;
        count += usize::from(vm.same_or_equal(own, &item)?);
    }
    Ok(Value::int(count))
}
