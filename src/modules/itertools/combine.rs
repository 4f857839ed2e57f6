//! Products, permutations, combinations and groups: made at once, within the bounds.

use std::rc::Rc;

use crate::eval::Vm;
use crate::modules::support::within_size;
use crate::value::{Args, Eval, Iter, Stop, Value};

fn iter(rows: Vec<Value>) -> Value {
    Value::Iter(Rc::new(Iter::new(rows)))
}

fn rows(items: &[Value], picks: Vec<Vec<usize>>) -> Value {
    iter(
        picks
            .into_iter()
            .map(|row| Value::tuple(row.into_iter().map(|at| items[at].clone()).collect::<Vec<_>>()))
            .collect(),
    )
}

pub(super) fn product(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let repeat = args.named("repeat").map_or(Ok(1), |repeat| vm.count(&repeat))?;
    let mut pools = Vec::new();
    while let Some(source) = args.pop() {
        pools.push(vm.iterate(&source)?);
    }
    args.finish()?;
    vm.check_size(pools.len().saturating_mul(repeat))?;
    let pools: Vec<Vec<Value>> = std::iter::repeat_n(pools, repeat).flatten().collect();
    let mut found: Vec<Vec<Value>> = vec![Vec::new()];
    for pool in &pools {
        vm.check_size(found.len().saturating_mul(pool.len()))?;
        found = found
            .iter()
            .flat_map(|row| pool.iter().map(move |item| row.iter().cloned().chain([item.clone()]).collect()))
            .collect();
    }
    Ok(iter(found.into_iter().map(Value::tuple).collect()))
}

/// The items, and how many of them each row takes; all where that is not said.
fn pool(vm: &mut Vm, mut args: Args, needs_count: bool) -> Eval<(Vec<Value>, usize)> {
    let source = args.expect("iterable")?;
    let count = if needs_count { Some(args.expect("r")?) } else { args.take("r") };
    args.finish()?;
    let items = vm.iterate(&source)?;
    let count = match count {
        None | Some(Value::None) => items.len(),
        Some(count) => match usize::try_from(vm.position(&count)?) {
            Ok(count) => count,
            Err(_) => return Err(Stop::value_error("r must be non-negative")),
        },
    };
    Ok((items, count))
}

/// All rows of `count` positions, in lexicographic order, that go on from each row as `next` says.
fn grow(vm: &mut Vm, count: usize, next: impl Fn(&[usize]) -> Vec<usize>) -> Eval<Vec<Vec<usize>>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let mut longer = Vec::new();
        for row in &found {
            for at in next(row) {
                longer.push(row.iter().copied().chain([at]).collect());
            }
            within_size(vm, longer.len())?;
            vm.spend(count)?;
        }
        found = longer;
        if found.is_empty() {
            break;
        }
    }
    Ok(found)
}

pub(super) fn permutations(vm: &mut Vm, args: Args) -> Eval<Value> {
    let (items, count) = pool(vm, args, false)?;
    let all = items.len();
    let found = grow(vm, count, |row| (0..all).filter(|at| !row.contains(at)).collect())?;
    Ok(rows(&items, found))
}

pub(super) fn combinations(vm: &mut Vm, args: Args) -> Eval<Value> {
    let (items, count) = pool(vm, args, true)?;
    let all = items.len();
    let found = grow(vm, count, |row| (row.last().map_or(0, |last| last + 1)..all).collect())?;
    Ok(rows(&items, found))
}

pub(super) fn with_replacement(vm: &mut Vm, args: Args) -> Eval<Value> {
    let (items, count) = pool(vm, args, true)?;
    let all = items.len();
    let found = grow(vm, count, |row| (row.last().copied().unwrap_or(0)..all).collect())?;
    Ok(rows(&items, found))
}

pub(super) fn groupby(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.expect("iterable")?;
    let function = args.take("key").filter(|key| !key.is_none());
    args.finish()?;
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in vm.iterate(&source)? {
        let key = match &function {
            Some(function) => vm.call_with(function, [item.clone()])?,
            None => item.clone(),
        };
        match groups.last_mut() {
            Some((last, group)) if vm.same_or_equal(last, &key)? => group.push(item),
            _ => groups.push((key, vec![item])),
        }
    }
    Ok(iter(groups.into_iter().map(|(key, group)| Value::tuple([key, iter(group)])).collect()))
}
