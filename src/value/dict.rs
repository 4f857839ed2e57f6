//! `dict`: its constructor and methods.

use std::rc::Rc;

use super::container::DictKind;
use super::convert::receiver;
use super::dict_view::{DictView, ViewKind};
use super::{Args, Dict, Eval, Key, Native, Stop, Type, Value, special};
use crate::eval::Vm;
use crate::map::IndexMap;

/// `dict`.
pub static DICT: Type = Type {
    new: Native::new("dict", new).lenient(),
    methods: &[
        Native::new("get", get).lenient(),
        Native::new("keys", |_, args| view(args, ViewKind::Keys)),
        Native::new("values", |_, args| view(args, ViewKind::Values)),
        Native::new("items", |_, args| view(args, ViewKind::Items)),
        Native::new("pop", pop).mutating(),
        Native::new("popitem", |_, mut args| {
            let dict = dict(&mut args)?;
            args.finish()?;
            dict.items()?;
            match dict.change().pop() {
                Some((key, value)) => Ok(Value::tuple(vec![key.into_value(), value])),
                None => Err(Stop::key_error(Value::str("popitem(): dictionary is empty"))),
            }
        })
        .mutating(),
        Native::new("setdefault", setdefault).mutating(),
        Native::new("update", |vm, mut args| {
            let dict = dict(&mut args)?;
            let items = from_args(vm, args)?;
            vm.check_size(dict.seen().len() + items.len())?;
            dict.change().extend(items);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("clear", |_, mut args| {
            let dict = dict(&mut args)?;
            args.finish()?;
            dict.change().clear();
            Ok(Value::None)
        })
        .mutating(),
        Native::new("copy", |vm, mut args| {
            let dict = dict(&mut args)?;
            args.finish()?;
            let items = dict.items()?.clone();
            vm.spend(items.len())?;
            Ok(Value::Dict(Rc::new(Dict::of_kind(dict.kind.clone(), items))))
        }),
        Native::new("__ior__", |vm, mut args| {
            let (dict, other) = (args.need()?, args.need()?);
            vm.binary_inplace(ruff_python_ast::Operator::BitOr, &dict, &other)
        })
        .mutating(),
        Native::new("__init__", |vm, mut args| {
            let dict = dict(&mut args)?;
            let items = from_args(vm, args)?;
            dict.change().extend(items);
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
        special::OR,
        special::EQ,
    ],
    statics: &[Native::new("fromkeys", |vm, mut args| {
        let keys = args.need()?.known()?;
        let value = args.pop().unwrap_or_default();
        args.finish()?;
        let mut items = IndexMap::default();
        for key in vm.iterate(&keys)? {
            items.insert(Key::new(key)?, value.clone());
        }
        Ok(Value::Dict(Rc::new(Dict::new(items))))
    })
    .lenient()],
    ..Type::new("builtins", "dict", new)
};

/// The receiver as a dict.
pub fn dict(args: &mut Args) -> Eval<Rc<Dict>> {
    receiver(args, "dict", |value| match value {
        Value::Dict(dict) => Some(dict),
        _ => None,
    })
}

fn new(vm: &mut Vm, args: Args) -> Eval<Value> {
    let items = from_args(vm, args)?;
    Ok(Value::Dict(Rc::new(Dict::new(items.into_iter().collect()))))
}

fn view(mut args: Args, kind: ViewKind) -> Eval<Value> {
    let dict = dict(&mut args)?;
    args.finish()?;
    Ok(Value::object(DictView { dict, kind }))
}

/// The items that the arguments of `dict(…)` or `update(…)` give: of a mapping or of pairs, then the keyword arguments.
pub fn from_args(vm: &mut Vm, mut args: Args) -> Eval<Vec<(Key, Value)>> {
    let mut items = match args.pop() {
        Some(source) => pairs(vm, &source)?,
        None => Vec::new(),
    };
    for (name, arg) in std::mem::take(&mut args.named) {
        items.push((Key::str(name), arg.value));
    }
    args.finish()?;
    Ok(items)
}

/// The items of a mapping, or of an iterable of pairs.
pub fn pairs(vm: &mut Vm, source: &Value) -> Eval<Vec<(Key, Value)>> {
    match source.plain() {
        Value::Unknown(cause) => return Err(Stop::Unknown(cause)),
        Value::Dict(dict) => {
            let items: Vec<(Key, Value)> =
                dict.items()?.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            vm.spend(items.len())?;
            return Ok(items);
        }
        Value::Object(_) | Value::Instance(_) => {
            if let Some(keys) = vm.attr_or_none(source, "keys")? {
                let keys = vm.call_with(&keys.known()?, [])?;
                let mut items = Vec::new();
                for key in vm.iterate(&keys)? {
                    let value = vm.item(source, &key)?;
                    items.push((Key::new(key)?, value));
                }
                return Ok(items);
            }
        }
        _ => {}
    }
    let mut items = Vec::new();
    for (at, pair) in vm.iterate(source)?.into_iter().enumerate() {
        let parts = match vm.iterate(&pair) {
            Err(Stop::Raise(_)) => {
                return Err(Stop::type_error(format!(
                    "cannot convert dictionary update sequence element #{at} to a sequence"
                )));
            }
            parts => parts?,
        };
        let [key, value] = parts.as_slice() else {
            return Err(Stop::value_error(format!(
                "dictionary update sequence element #{at} has length {}; 2 is required",
                parts.len()
            )));
        };
        items.push((Key::new(key.clone())?, value.clone()));
    }
    Ok(items)
}

/// `dict.update(source)`.
pub fn update(vm: &mut Vm, dict: &Dict, source: &Value) -> Eval<()> {
    let items = pairs(vm, source)?;
    vm.check_size(dict.seen().len() + items.len())?;
    dict.change().extend(items);
    Ok(())
}

fn get(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let dict = dict(&mut args)?;
    let key = Key::new(args.need()?)?;
    let default = args.pop().unwrap_or_default();
    args.finish()?;
    Ok(dict.items()?.get(&key).cloned().unwrap_or(default))
}

fn pop(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let dict = dict(&mut args)?;
    let key = Key::new(args.need()?)?;
    let default = args.take("default");
    args.finish()?;
    let len = dict.items()?.len();
    vm.spend(len / 16)?;
    match (dict.change().shift_remove(&key), default) {
        (Some(found), _) => Ok(found),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(Stop::key_error(key.into_value())),
    }
}

fn setdefault(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let dict = dict(&mut args)?;
    let key = args.need()?;
    let default = args.pop().unwrap_or_default();
    args.finish()?;
    let key = Key::new(key)?;
    if let Err(stop) = dict.items() {
        // The default may be in it from here on.
        dict.change().insert(key, default);
        return Err(stop);
    }
    Ok(dict.change().entry(key).or_insert(default).clone())
}

/// A dict of another kind with these items.
pub fn of_kind(kind: DictKind, items: impl IntoIterator<Item = (Key, Value)>) -> Value {
    Value::Dict(Rc::new(Dict::of_kind(kind, items.into_iter().collect())))
}
