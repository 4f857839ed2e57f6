//! The kinds of dict that `collections` has: `OrderedDict`, `defaultdict`, `Counter`.

use std::rc::Rc;

use num_bigint::BigInt;
use ruff_python_ast::Operator;

use super::container::DictKind;
use super::dict::{DICT, dict, from_args, of_kind};
use super::{Args, Dict, Eval, Key, Native, Stop, Type, Value};
use crate::eval::Vm;
use crate::map::IndexMap;

/// `collections.OrderedDict`.
pub static ORDERED_DICT: Type = Type {
    base: Some(&DICT),
    new: Native::new("OrderedDict", new_ordered).lenient(),
    methods: &[
        Native::new("move_to_end", |_, mut args| {
            let dict = dict(&mut args)?;
            let key = Key::new(args.expect("key")?)?;
            let last = last(&mut args)?;
            args.finish()?;
            dict.items()?;
            let mut items = dict.change();
            let Some((key, value)) = items.shift_remove_entry(&key) else {
                return Err(Stop::key_error(key.into_value()));
            };
            let at = if last { items.len() } else { 0 };
            items.shift_insert(at, key, value);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("popitem", |_, mut args| {
            let dict = dict(&mut args)?;
            let last = last(&mut args)?;
            args.finish()?;
            dict.items()?;
            let mut items = dict.change();
            let found = if last { items.pop() } else { items.shift_remove_index(0) };
            match found {
                Some((key, value)) => Ok(Value::tuple(vec![key.into_value(), value])),
                None => Err(Stop::key_error(Value::str("dictionary is empty"))),
            }
        })
        .mutating(),
    ],
    ..Type::new("collections", "OrderedDict", new_ordered)
};

fn new_ordered(vm: &mut Vm, args: Args) -> Eval<Value> {
    Ok(of_kind(DictKind::Ordered, from_args(vm, args)?))
}

fn last(args: &mut Args) -> Eval<bool> {
    match args.take("last") {
        None | Some(Value::Bool(true)) => Ok(true),
        Some(Value::Bool(false)) => Ok(false),
        Some(Value::Unknown(cause)) => Err(Stop::Unknown(cause)),
        Some(_) => Err(Stop::type_error("an argument `last` that is no bool is not modelled")),
    }
}

/// `collections.defaultdict`.
pub static DEFAULT_DICT: Type = Type {
    base: Some(&DICT),
    new: Native::new("defaultdict", new_default).lenient(),
    ..Type::new("collections", "defaultdict", new_default)
};

fn new_default(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let factory = args.pop().unwrap_or_default();
    if !factory.is_none() && factory.unknown().is_none() && !vm.is_callable(&factory).unwrap_or(true) {
        return Err(Stop::type_error("first argument must be callable or None"));
    }
    Ok(of_kind(DictKind::Default(factory), from_args(vm, args)?))
}

/// `collections.Counter`.
pub static COUNTER: Type = Type {
    base: Some(&DICT),
    new: Native::new("Counter", new_counter).lenient(),
    methods: &[
        Native::new("most_common", most_common),
        Native::new("elements", |vm, mut args| {
            let counter = dict(&mut args)?;
            args.finish()?;
            let items = entries(&counter)?;
            let mut elements = Vec::new();
            for (key, count) in items {
                let count = vm.count(&count)?;
                vm.check_size(elements.len() + count)?;
                elements.extend(std::iter::repeat_n(key.into_value(), count));
            }
            Ok(Value::Iter(Rc::new(super::Iter::new(elements))))
        }),
        Native::new("total", |vm, mut args| {
            let counter = dict(&mut args)?;
            args.finish()?;
            let mut total = Value::int(0);
            for (_, count) in entries(&counter)? {
                total = vm.binary(Operator::Add, &total, &count)?;
            }
            Ok(total)
        }),
        Native::new("update", |vm, args| change(vm, args, Operator::Add)).mutating(),
        Native::new("subtract", |vm, args| change(vm, args, Operator::Sub)).mutating(),
    ],
    ..Type::new("collections", "Counter", new_counter)
};

fn entries(dict: &Dict) -> Eval<Vec<(Key, Value)>> {
    Ok(dict.items()?.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}

fn new_counter(vm: &mut Vm, args: Args) -> Eval<Value> {
    let counter = Dict::of_kind(DictKind::Counter, IndexMap::default());
    count_into(vm, &counter, args, Operator::Add)?;
    Ok(Value::Dict(Rc::new(counter)))
}

fn change(vm: &mut Vm, mut args: Args, op: Operator) -> Eval<Value> {
    let counter = dict(&mut args)?;
    counter.items()?;
    count_into(vm, &counter, args, op)?;
    Ok(Value::None)
}

/// Adds or subtracts the counts of a mapping, one for each item of another iterable, and the keyword arguments.
fn count_into(vm: &mut Vm, counter: &Dict, mut args: Args, op: Operator) -> Eval<()> {
    let mut counts: Vec<(Key, Value)> = Vec::new();
    match args.pop() {
        None | Some(Value::None) => {}
        Some(source) => match source.plain() {
            Value::Dict(_) => counts = super::dict::pairs(vm, &source)?,
            _ => {
                for item in vm.iterate(&source)? {
                    counts.push((Key::new(item)?, Value::int(1)));
                }
            }
        },
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        counts.push((Key::str(name), arg.value));
    }
    args.finish()?;
    for (key, count) in counts {
        let before = counter.items()?.get(&key).cloned();
        let count = match (before, op) {
            (None, Operator::Add) => count,
            (before, _) => vm.binary(op, &before.unwrap_or_else(|| Value::int(0)), &count)?,
        };
        counter.change().insert(key, count);
    }
    Ok(())
}

/// The items of a counter, the most frequent first.
pub fn by_count(vm: &mut Vm, counter: &Dict) -> Eval<Vec<(Key, Value)>> {
    let items = entries(counter)?;
    let numbers: Vec<Value> = (0..items.len()).map(Value::int).collect();
    let counts: Vec<Value> = items.iter().map(|(_, count)| count.clone()).collect();
    let pairs: Vec<Value> = counts.into_iter().zip(numbers).map(|(c, n)| Value::tuple(vec![c, n])).collect();
    // Sorting by count alone keeps the order of equal counts.
    let order = vm.sorted_by(pairs, true, |pair| match pair {
        Value::Tuple(parts) => parts.first().cloned().unwrap_or_default(),
        other => other.clone(),
    })?;
    let mut sorted = Vec::with_capacity(items.len());
    for pair in order {
        if let Value::Tuple(parts) = pair
            && let Some(Value::Int(at)) = parts.get(1)
            && let Ok(at) = usize::try_from(&**at)
            && let Some(item) = items.get(at)
        {
            sorted.push(item.clone());
        }
    }
    Ok(sorted)
}

fn most_common(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let counter = dict(&mut args)?;
    let count = match args.take("n") {
        None | Some(Value::None) => usize::MAX,
        Some(count) => vm.count(&count)?,
    };
    args.finish()?;
    let items = by_count(vm, &counter)?;
    Ok(Value::list(
        items
            .into_iter()
            .take(count)
            .map(|(key, count)| Value::tuple(vec![key.into_value(), count]))
            .collect(),
    ))
}

/// `+`, `-`, `&`, `|` of counters: counts that are not positive are left out.
pub fn counter_binary(vm: &mut Vm, op: Operator, left: &Dict, right: &Dict) -> Eval<Option<Value>> {
    let zero = Value::int(BigInt::from(0));
    let (a, b) = (left.items()?.clone(), right.items()?.clone());
    let keys: Vec<Key> = match op {
        Operator::Add | Operator::Sub | Operator::BitOr => {
            a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).cloned().collect()
        }
        Operator::BitAnd => a.keys().cloned().collect(),
        _ => return Ok(None),
    };
    let mut counts = Vec::new();
    for key in keys {
        let own = a.get(&key).unwrap_or(&zero);
        let other = b.get(&key).unwrap_or(&zero);
        let count = match op {
            Operator::Add | Operator::Sub => vm.binary(op, own, other)?,
            Operator::BitOr => if vm.less(own, other)? { other } else { own }.clone(),
            _ => if vm.less(own, other)? { own } else { other }.clone(),
        };
        if vm.less(&zero, &count)? {
            counts.push((key, count));
        }
    }
    Ok(Some(of_kind(DictKind::Counter, counts)))
}
