//! `collections`: `OrderedDict`, `defaultdict`, `Counter`, `namedtuple`; `collections.abc` as names alone.
//!
//! Left out: `deque`, `ChainMap`, `UserDict` and their kin. What the dicts do is in `value`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;

use super::support::{not_modelled, text};
use super::{Member, ModuleTable};
use crate::eval::Vm;
use crate::value::class::Flavour;
use crate::value::container::DictKind;
use crate::value::{Args, Class, Dict, Eval, Key, Native, Stop, Value};

/// The rows of the module.
pub static COLLECTIONS: ModuleTable = ModuleTable {
    name: "collections",
    members: &[
        ("Counter", Member::Function(Native::new("Counter", counter))),
        (
            "OrderedDict",
            Member::Function(Native::new("OrderedDict", |vm, args| {
                let items = dict_items(vm, args)?;
                Ok(Value::Dict(Rc::new(Dict::of_kind(DictKind::Ordered, items))))
            })),
        ),
        (
            "defaultdict",
            Member::Function(Native::new("defaultdict", |vm, mut args| {
                let factory = args.positional.pop_front().map(|arg| arg.value).unwrap_or_default();
                let items = dict_items(vm, args)?;
                Ok(Value::Dict(Rc::new(Dict::of_kind(DictKind::Default(factory), items))))
            })),
        ),
        ("namedtuple", Member::Function(Native::new("namedtuple", namedtuple))),
    ],
};

/// What `dict(…)` takes.
fn dict_items(vm: &mut Vm, mut args: Args) -> Eval<IndexMap<Key, Value>> {
    let mut items = IndexMap::new();
    if let Some(arg) = args.positional.pop_front() {
        let is_mapping =
            matches!(arg.value, Value::Dict(_)) || super::support::has_attr(vm, &arg.value, "keys")?;
        if is_mapping {
            for (key, value) in vm.mapping_items(&arg.value)? {
                items.insert(Key::new(key)?, value);
            }
        } else {
            for (at, pair) in vm.iterate(&arg.value)?.into_iter().enumerate() {
                let parts = vm.iterate(&pair)?;
                let [key, value] = parts.as_slice() else {
                    return Err(Stop::value_error(format!(
                        "dictionary update sequence element #{at} has length {}; 2 is required",
                        parts.len()
                    )));
                };
                items.insert(Key::new(key.clone())?, value.clone());
            }
        }
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        items.insert(Key::str(name), arg.value);
    }
    args.finish()?;
    Ok(items)
}

fn counter(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let mut counts: IndexMap<Key, Value> = IndexMap::new();
    match args.positional.pop_front().map(|arg| arg.value) {
        None | Some(Value::None) => {}
        Some(source @ Value::Dict(_)) => {
            for (key, value) in vm.mapping_items(&source)? {
                counts.insert(Key::new(key)?, value);
            }
        }
        Some(source) => {
            for item in vm.iterate(&source)? {
                let count = counts.entry(Key::new(item)?).or_insert_with(|| Value::int(0));
                if let Value::Int(number) = count {
                    *count = Value::int(&**number + 1);
                }
            }
        }
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        counts.insert(Key::str(name), arg.value);
    }
    args.finish()?;
    Ok(Value::Dict(Rc::new(Dict::of_kind(DictKind::Counter, counts))))
}

fn namedtuple(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = text(&args.expect("typename")?)?;
    let fields = args.expect("field_names")?;
    let names: Vec<Rc<str>> = match super::support::as_text(&fields) {
        Some(text) => text.replace(',', " ").split_whitespace().map(Rc::from).collect(),
        None => vm.iterate(&fields)?.iter().map(text).collect::<Eval<_>>()?,
    };
    let defaults = match args.named("defaults") {
        None | Some(Value::None) => Vec::new(),
        Some(defaults) => vm.iterate(&defaults)?,
    };
    drop(args.named("module"));
    if args.named("rename").is_some() {
        return not_modelled(vm, "`namedtuple` with `rename` is not modelled");
    }
    args.finish()?;
    named_tuple(vm, &name, names, defaults)
}

/// `typing.NamedTuple("Name", [("field", type), …])`.
pub(super) fn named_tuple_of_pairs(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let name = text(&args.expect("typename")?)?;
    let fields = args.expect("fields")?;
    args.finish()?;
    let mut names = Vec::new();
    for pair in vm.iterate(&fields)? {
        let parts = vm.iterate(&pair)?;
        names.push(text(parts.first().unwrap_or(&Value::None))?);
    }
    named_tuple(vm, &name, names, Vec::new())
}

fn named_tuple(vm: &mut Vm, name: &Rc<str>, fields: Vec<Rc<str>>, defaults: Vec<Value>) -> Eval<Value> {
    if defaults.len() > fields.len() {
        return Err(Stop::type_error("Got more default values than field names"));
    }
    let behind = fields.len() - defaults.len();
    let attrs = fields[behind..].iter().cloned().zip(defaults).collect();
    let module = vm.current_scope().map_or_else(|| "".into(), |scope| Rc::clone(&scope.module));
    Ok(Value::Class(Rc::new(Class {
        name: Rc::clone(name),
        module,
        span: vm.here(),
        bases: vec![Value::Type(&super::typing::NAMED_TUPLE)],
        attrs: RefCell::new(attrs),
        annotations: RefCell::new(fields),
        flavour: RefCell::new(Flavour::NamedTuple),
        open: RefCell::new(None),
        touched: Cell::new(false),
    })))
}
