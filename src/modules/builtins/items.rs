//! The builtins that go through the items of something, and iterators.

use num_bigint::BigInt;
use num_traits::Zero;
use ruff_python_ast::{CmpOp, Operator};

use crate::eval::Vm;
use crate::value::lazy::{Lazy, LazyIter};
use crate::value::{Args, Eval, Stop, Value, sort};

/// `any`, where `wanted`, or `all`: a decisive item decides also where others are unknown.
pub(super) fn quantify(vm: &mut Vm, mut args: Args, wanted: bool) -> Eval<Value> {
    let source = args.need()?;
    args.finish()?;
    let iterator = vm.iterator(&source)?;
    let mut doubt = None;
    while let Some(item) = vm.next(&iterator)? {
        match vm.truth(&item) {
            Ok(truth) if truth == wanted => return Ok(Value::Bool(wanted)),
            Ok(_) => {}
            Err(Stop::Unknown(cause)) => {
                // Whether it goes on is not known.
                if vm.doubt_further_items(&iterator, &cause)? {
                    return Err(Stop::Unknown(cause));
                }
                doubt = doubt.or(Some(cause));
            }
            Err(stop) => return Err(stop),
        }
    }
    match doubt {
        Some(cause) => Err(Stop::Unknown(cause)),
        None => Ok(Value::Bool(!wanted)),
    }
}

pub(super) fn iter(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let value = args.need()?;
    let sentinel = args.pop();
    args.finish()?;
    match sentinel {
        None => vm.iterator(&value),
        Some(sentinel) => {
            if !vm.is_callable(&value)? {
                return Err(Stop::type_error("iter(v, w): v must be callable"));
            }
            Ok(LazyIter::value(Lazy::Call { function: value, sentinel }))
        }
    }
}

pub(super) fn next(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let iterator = args.need()?;
    let default = args.pop();
    args.finish()?;
    match default {
        None => vm.next_or_raise(&iterator),
        Some(default) => Ok(vm.next(&iterator)?.unwrap_or(default)),
    }
}

/// `max` and `min`: the first item that no other beats.
pub(super) fn extreme(vm: &mut Vm, mut args: Args, op: CmpOp) -> Eval<Value> {
    let name = if op == CmpOp::Gt { "max" } else { "min" };
    let (key, _) = sort::options(vm, &mut args)?;
    let default = args.named("default");
    let Some(first) = args.pop() else {
        args.finish()?;
        return Err(Stop::type_error(format!("{name} expected at least 1 argument, got 0")));
    };
    let items = if args.positional.is_empty() {
        vm.iterate(&first)?
    } else if default.is_some() {
        return Err(Stop::type_error(format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    } else {
        let mut items = vec![first];
        while let Some(item) = args.pop() {
            items.push(item);
        }
        items
    };
    args.finish()?;
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        let own = match &key {
            Some(key) => vm.call_with(key, [item.clone()])?,
            None => item.clone(),
        };
        let beats = match &best {
            None => true,
            Some((other, _)) => {
                let found = vm.compare(op, &own, other)?;
                vm.truth(&found)?
            }
        };
        if beats {
            best = Some((own, item));
        }
    }
    match (best, default) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(Stop::value_error(format!("{name}() iterable argument is empty"))),
    }
}

pub(super) fn sorted(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (key, reverse) = sort::options(vm, &mut args)?;
    let items = args.need()?;
    args.finish()?;
    let items = vm.iterate(&items)?;
    vm.sorted(items, key.as_ref(), reverse).map(Value::list)
}

pub(super) fn sum(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let items = args.need()?;
    let start = args.take("start").unwrap_or_else(|| Value::int(0));
    args.finish()?;
    let kind = match &start {
        Value::Str(_) => Some("strings [use ''.join(seq) instead]"),
        Value::Bytes(_) => Some("bytes [use b''.join(seq) instead]"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Err(Stop::type_error(format!("sum() can't sum {kind}")));
    }
    let items = vm.iterate(&items)?;
    let mut total = start.clone();
    for item in &items {
        total = vm.binary(Operator::Add, &total, item)?;
    }
    if let Value::Float(naive) = total
        && compensated(vm, &start, &items)?.is_some_and(|exact| exact.to_bits() != naive.to_bits())
    {
        return vm.unsupported("the sum of these floats depends on the version of Python");
    }
    Ok(total)
}

/// The sum as Python 3.12 and later make it, with what was lost added back at the end.
fn compensated(vm: &mut Vm, start: &Value, items: &[Value]) -> Eval<Option<f64>> {
    let mut numbers = vec![start.clone()];
    numbers.extend(items.iter().cloned());
    let Some(first) = numbers.iter().position(|number| matches!(number, Value::Float(_))) else {
        return Ok(None);
    };
    let mut whole = BigInt::zero();
    for number in &numbers[..first] {
        match number.as_int() {
            Some(number) => whole += &*number,
            None => return Ok(None),
        }
    }
    let mut total = vm.int_to_float(&whole)?;
    let mut lost = 0.0;
    for number in &numbers[first..] {
        match number {
            Value::Float(float) => {
                let sum = total + float;
                lost +=
                    if total.abs() >= float.abs() { (total - sum) + float } else { (float - sum) + total };
                total = sum;
            }
            other => match vm.as_float(other)? {
                Some(float) => total += float,
                None => return Ok(None),
            },
        }
    }
    Ok(Some(if lost != 0.0 && lost.is_finite() { total + lost } else { total }))
}
