//! `itertools`: all but `groupby` and the combinatorics work item by item, as in Python, so that endless ones can be cut.
//!
//! Left out: `tee` of something that goes on changing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use ruff_python_ast::Operator;

use super::support::{no_form, not_modelled};
use super::{Member, ModuleTable};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::value::object::Step;
use crate::value::types::ITERATOR;
use crate::value::{Args, Effect, Eval, Iter, Native, Object, Stop, Type, Value};

mod combine;
mod make;

/// The rows of the module.
pub static ITERTOOLS: ModuleTable = ModuleTable {
    name: "itertools",
    members: &[
        ("accumulate", Member::Function(Native::new("accumulate", make::accumulate))),
        ("batched", Member::Function(Native::new("batched", make::batched))),
        ("chain", Member::Class(&CHAIN)),
        ("combinations", Member::Function(Native::new("combinations", combine::combinations))),
        (
            "combinations_with_replacement",
            Member::Function(Native::new("combinations_with_replacement", combine::with_replacement)),
        ),
        (
            "compress",
            Member::Function(Native::new("compress", |vm, mut args| {
                let (data, selectors) = (args.expect("data")?, args.expect("selectors")?);
                args.finish()?;
                let (data, selectors) = (vm.iterator(&data)?, vm.iterator(&selectors)?);
                Ok(Stream::value(Kind::Compress { data, selectors }))
            })),
        ),
        (
            "count",
            Member::Function(Native::new("count", |_, mut args| {
                let start = args.take("start").unwrap_or_else(|| Value::int(0));
                let step = args.take("step").unwrap_or_else(|| Value::int(1));
                args.finish()?;
                Ok(Stream::value(Kind::Count { at: RefCell::new(start), step }))
            })),
        ),
        (
            "cycle",
            Member::Function(Native::new("cycle", |vm, mut args| {
                let source = args.expect("iterable")?;
                args.finish()?;
                let items = vm.iterate(&source)?;
                Ok(Stream::value(Kind::Cycle { items, at: Cell::new(0) }))
            })),
        ),
        (
            "dropwhile",
            Member::Function(Native::new("dropwhile", |vm, args| {
                let (function, source) = two(vm, args)?;
                Ok(Stream::value(Kind::DropWhile { function, source, begun: Cell::new(false) }))
            })),
        ),
        (
            "filterfalse",
            Member::Function(Native::new("filterfalse", |vm, args| {
                let (function, source) = two(vm, args)?;
                Ok(Stream::value(Kind::FilterFalse { function, source }))
            })),
        ),
        ("groupby", Member::Function(Native::new("groupby", combine::groupby))),
        ("islice", Member::Function(Native::new("islice", make::islice))),
        (
            "pairwise",
            Member::Function(Native::new("pairwise", |vm, mut args| {
                let source = args.expect("iterable")?;
                args.finish()?;
                let items = vm.iterate(&source)?;
                let pairs: Vec<Value> = items.windows(2).map(|pair| Value::tuple(pair.to_vec())).collect();
                Ok(Value::Iter(Rc::new(Iter::new(pairs))))
            })),
        ),
        ("permutations", Member::Function(Native::new("permutations", combine::permutations))),
        ("product", Member::Function(Native::new("product", combine::product))),
        (
            "repeat",
            Member::Function(
                Native::new("repeat", |vm, mut args| {
                    let value = args.expect("object")?;
                    let times = args.take("times").map(|times| vm.count(&times)).transpose()?;
                    args.finish()?;
                    Ok(Stream::value(Kind::Repeat { value, left: Cell::new(times) }))
                })
                .lenient(),
            ),
        ),
        (
            "starmap",
            Member::Function(Native::new("starmap", |vm, args| {
                let (function, source) = two(vm, args)?;
                Ok(Stream::value(Kind::StarMap { function, source }))
            })),
        ),
        (
            "takewhile",
            Member::Function(Native::new("takewhile", |vm, args| {
                let (function, source) = two(vm, args)?;
                Ok(Stream::value(Kind::TakeWhile { function, source }))
            })),
        ),
        (
            "tee",
            Member::Function(Native::new("tee", |vm, mut args| {
                let source = args.expect("iterable")?;
                let count = args.take("n").map_or(Ok(2), |count| vm.count(&count))?;
                args.finish()?;
                let items = vm.iterate(&source)?;
                vm.check_size(items.len().saturating_mul(count))?;
                let copies = (0..count).map(|_| Value::Iter(Rc::new(Iter::new(items.clone()))));
                Ok(Value::tuple(copies.collect::<Vec<_>>()))
            })),
        ),
        (
            "zip_longest",
            Member::Function(Native::new("zip_longest", |vm, mut args| {
                let fill = args.named("fillvalue").unwrap_or_default();
                let sources = iterators(vm, &mut args)?;
                args.finish()?;
                Ok(Stream::value(Kind::ZipLongest { sources, fill, ended: RefCell::default() }))
            })),
        ),
    ],
};

static CHAIN: Type = Type {
    base: Some(&ITERATOR),
    statics: &[Native::new("from_iterable", |vm, mut args| {
        let sources = args.expect("iterable")?;
        args.finish()?;
        let rest = vm.iterator(&sources)?;
        Ok(Stream::value(Kind::Chain { rest, current: RefCell::default() }))
    })],
    ..Type::new("itertools", "chain", |_, args| {
        let sources: VecDeque<Value> = args.positional.iter().map(|arg| arg.value.clone()).collect();
        let rest = Value::Iter(Rc::new(Iter::new(sources)));
        Args { positional: VecDeque::new(), ..args }.finish()?;
        Ok(Stream::value(Kind::Chain { rest, current: RefCell::default() }))
    })
};

fn iterators(vm: &mut Vm, args: &mut Args) -> Eval<Vec<Value>> {
    let mut sources = Vec::new();
    while let Some(source) = args.pop() {
        sources.push(vm.iterator(&source)?);
    }
    Ok(sources)
}

/// A function, and an iterator over the source behind it.
fn two(vm: &mut Vm, mut args: Args) -> Eval<(Value, Value)> {
    let (function, source) = (args.need()?, args.need()?);
    args.finish()?;
    Ok((function, vm.iterator(&source)?))
}

enum Kind {
    Accumulate { source: Value, function: Option<Value>, total: RefCell<Option<Value>>, first: Cell<bool> },
    Batched { source: Value, size: usize },
    Chain { rest: Value, current: RefCell<Option<Value>> },
    Compress { data: Value, selectors: Value },
    Count { at: RefCell<Value>, step: Value },
    Cycle { items: Vec<Value>, at: Cell<usize> },
    DropWhile { function: Value, source: Value, begun: Cell<bool> },
    FilterFalse { function: Value, source: Value },
    Repeat { value: Value, left: Cell<Option<usize>> },
    Slice { source: Value, skip: Cell<usize>, left: Cell<Option<usize>>, step: usize },
    StarMap { function: Value, source: Value },
    TakeWhile { function: Value, source: Value },
    ZipLongest { sources: Vec<Value>, fill: Value, ended: RefCell<Vec<usize>> },
}

/// An iterator that works item by item.
struct Stream {
    kind: Kind,
    done: Cell<bool>,
    open: RefCell<Option<Cause>>,
}

static STREAM: Type = Type {
    base: Some(&ITERATOR),
    ..Type::new("itertools", "iterator", |vm, _| not_modelled(vm, "no constructor"))
};

impl Stream {
    fn value(kind: Kind) -> Value {
        Value::object(Self { kind, done: Cell::new(false), open: RefCell::new(None) })
    }

    fn step(&self, vm: &mut Vm) -> Eval<Option<Value>> {
        match &self.kind {
            Kind::Accumulate { source, function, total, first } => {
                let before = total.borrow().clone();
                if first.replace(false) && before.is_some() {
                    return Ok(before);
                }
                let Some(item) = vm.next(source)? else { return Ok(None) };
                let next = match (before, function) {
                    (None, _) => item,
                    (Some(before), Some(function)) => vm.call_with(function, [before, item])?,
                    (Some(before), None) => vm.binary(Operator::Add, &before, &item)?,
                };
                *total.borrow_mut() = Some(next.clone());
                Ok(Some(next))
            }
            Kind::Batched { source, size } => {
                let mut items = Vec::new();
                while items.len() < *size
                    && let Some(item) = vm.next(source)?
                {
                    items.push(item);
                }
                Ok((!items.is_empty()).then(|| Value::tuple(items)))
            }
            Kind::Chain { rest, current } => loop {
                let source = current.borrow().clone();
                if let Some(source) = source
                    && let Some(item) = vm.next(&source)?
                {
                    return Ok(Some(item));
                }
                let Some(source) = vm.next(rest)? else { return Ok(None) };
                let source = vm.iterator(&source)?;
                *current.borrow_mut() = Some(source);
            },
            Kind::Compress { data, selectors } => loop {
                let (Some(item), Some(selector)) = (vm.next(data)?, vm.next(selectors)?) else {
                    return Ok(None);
                };
                if vm.truth(&selector)? {
                    return Ok(Some(item));
                }
            },
            Kind::Count { at, step } => {
                let now = at.borrow().clone();
                let next = vm.binary(Operator::Add, &now, step)?;
                *at.borrow_mut() = next;
                Ok(Some(now))
            }
            Kind::Cycle { items, at } => {
                let item = items.get(at.get()).cloned();
                at.set((at.get() + 1) % items.len().max(1));
                Ok(item)
            }
            Kind::DropWhile { function, source, begun } => loop {
                let Some(item) = vm.next(source)? else { return Ok(None) };
                if begun.get() || !test(vm, function, &item)? {
                    begun.set(true);
                    return Ok(Some(item));
                }
            },
            Kind::FilterFalse { function, source } => loop {
                let Some(item) = vm.next(source)? else { return Ok(None) };
                if !test(vm, function, &item)? {
                    return Ok(Some(item));
                }
            },
            Kind::Repeat { value, left } => match left.get() {
                Some(0) => Ok(None),
                Some(count) => {
                    left.set(Some(count - 1));
                    Ok(Some(value.clone()))
                }
                None => Ok(Some(value.clone())),
            },
            Kind::Slice { source, skip, left, step } => {
                if left.get() == Some(0) {
                    return Ok(None);
                }
                for _ in 0..skip.get() {
                    if vm.next(source)?.is_none() {
                        return Ok(None);
                    }
                }
                skip.set(step - 1);
                left.set(left.get().map(|left| left - 1));
                vm.next(source)
            }
            Kind::StarMap { function, source } => {
                let Some(item) = vm.next(source)? else { return Ok(None) };
                let args = vm.iterate(&item)?;
                vm.call_with(function, args).map(Some)
            }
            Kind::TakeWhile { function, source } => {
                let Some(item) = vm.next(source)? else { return Ok(None) };
                Ok(test(vm, function, &item)?.then_some(item))
            }
            Kind::ZipLongest { sources, fill, ended } => {
                let mut items = Vec::with_capacity(sources.len());
                for (at, source) in sources.iter().enumerate() {
                    let over = ended.borrow().contains(&at);
                    let item = if over { None } else { vm.next(source)? };
                    if item.is_none() && !over {
                        ended.borrow_mut().push(at);
                    }
                    items.push(item.unwrap_or_else(|| fill.clone()));
                }
                Ok((ended.borrow().len() < sources.len()).then(|| Value::tuple(items)))
            }
        }
    }

    fn held(&self) -> Vec<Value> {
        match &self.kind {
            Kind::Accumulate { source, function, total, .. } => {
                [Some(source.clone()), function.clone(), total.borrow().clone()]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Kind::Batched { source, .. } | Kind::Slice { source, .. } => vec![source.clone()],
            Kind::Chain { rest, current } => {
                std::iter::once(rest.clone()).chain(current.borrow().clone()).collect()
            }
            Kind::Compress { data, selectors } => vec![data.clone(), selectors.clone()],
            Kind::Count { at, step } => vec![at.borrow().clone(), step.clone()],
            Kind::Cycle { items, .. } => items.clone(),
            Kind::DropWhile { function, source, .. }
            | Kind::FilterFalse { function, source }
            | Kind::StarMap { function, source }
            | Kind::TakeWhile { function, source } => vec![function.clone(), source.clone()],
            Kind::Repeat { value, .. } => vec![value.clone()],
            Kind::ZipLongest { sources, fill, .. } => {
                sources.iter().cloned().chain(std::iter::once(fill.clone())).collect()
            }
        }
    }
}

fn test(vm: &mut Vm, function: &Value, item: &Value) -> Eval<bool> {
    if function.is_none() {
        return vm.truth(item);
    }
    let answer = vm.call_with(function, [item.clone()])?;
    vm.truth(&answer)
}

crate::value::release::released!(Stream);

impl Object for Stream {
    fn class(&self) -> Option<&'static Type> {
        Some(if matches!(self.kind, Kind::Chain { .. }) { &CHAIN } else { &STREAM })
    }

    fn effect(&self) -> Effect {
        match &self.kind {
            Kind::Accumulate { function: Some(_), .. }
            | Kind::DropWhile { .. }
            | Kind::FilterFalse { .. }
            | Kind::StarMap { .. }
            | Kind::TakeWhile { .. } => Effect::Host,
            Kind::Accumulate { .. }
            | Kind::Batched { .. }
            | Kind::Chain { .. }
            | Kind::Compress { .. }
            | Kind::Count { .. }
            | Kind::Cycle { .. }
            | Kind::Repeat { .. }
            | Kind::Slice { .. }
            | Kind::ZipLongest { .. } => Effect::Receiver,
        }
    }

    fn next(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Step>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        if self.done.get() {
            return Ok(Some(Step::End));
        }
        match vm.nested(|vm| self.step(vm)) {
            Ok(Some(item)) => Ok(Some(Step::Item(item))),
            Ok(None) => {
                self.done.set(true);
                Ok(Some(Step::End))
            }
            Err(stop) => {
                // Where it stands after an unknown is not known either.
                if let Stop::Unknown(cause) = &stop {
                    self.open(cause);
                }
                Err(stop)
            }
        }
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.held().iter().for_each(visit);
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "an iterator")
    }
}
