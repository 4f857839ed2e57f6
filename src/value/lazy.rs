//! Iterators that work item by item: over a list or dict as it changes, and those of `map`, `filter`, `zip`, `enumerate`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use num_bigint::BigInt;

use super::exception::RUNTIME_ERROR;
use super::iter::is_stop_iteration;
use super::object::Step;
use super::types::ITERATOR;
use super::{Args, Dict, Effect, Eval, List, Native, Object, Stop, Type, Value};
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};

/// What an iterator works on.
pub enum Lazy {
    /// A list, with the position of the next item.
    List {
        /// The list.
        list: Rc<List>,
        /// The position of the next item; past the end for good once it was reached.
        at: Cell<usize>,
    },
    /// The keys of a dict, which must not change its size meanwhile.
    Dict {
        /// The dict.
        dict: Rc<Dict>,
        /// Its keys at the start.
        keys: Vec<Value>,
        /// The position of the next key.
        at: Cell<usize>,
    },
    /// The items of an instance that has `__getitem__` alone.
    Getter {
        /// Its bound method.
        getter: Value,
        /// The next index.
        at: Cell<usize>,
    },
    /// `map(function, *sources)`.
    Map {
        /// What is called with an item of each source.
        function: Value,
        /// Iterators.
        sources: Vec<Value>,
    },
    /// `filter(function, source)`.
    Filter {
        /// What decides, or `None` for the truth of the item.
        function: Value,
        /// An iterator.
        source: Value,
    },
    /// `zip(*sources)`.
    Zip {
        /// Iterators.
        sources: Vec<Value>,
        /// Whether sources of different lengths are an error.
        strict: bool,
    },
    /// `enumerate(source)`.
    Enumerate {
        /// An iterator.
        source: Value,
        /// The next number.
        at: RefCell<BigInt>,
    },
    /// `iter(function, sentinel)`.
    Call {
        /// What is called for each item.
        function: Value,
        /// The result that ends it.
        sentinel: Value,
    },
}

/// An iterator that works item by item.
pub struct LazyIter {
    kind: Lazy,
    /// Whether it has come to its end.
    done: Cell<bool>,
    open: RefCell<Option<Cause>>,
}

impl LazyIter {
    /// An iterator as a value.
    pub fn value(kind: Lazy) -> Value {
        Value::object(Self { kind, done: Cell::new(false), open: RefCell::new(None) })
    }

    fn step(&self, vm: &mut Vm) -> Eval<Step> {
        match &self.kind {
            Lazy::List { list, at } => {
                let item = list.items()?.get(at.get()).cloned();
                at.set(at.get() + 1);
                Ok(item.map_or(Step::End, Step::Item))
            }
            Lazy::Dict { dict, keys, at } => {
                if dict.items()?.len() != keys.len() {
                    return Err(Stop::raise(&RUNTIME_ERROR, "dictionary changed size during iteration"));
                }
                let item = keys.get(at.get()).cloned();
                at.set(at.get() + 1);
                Ok(item.map_or(Step::End, Step::Item))
            }
            Lazy::Getter { getter, at } => {
                let index = Value::int(at.get());
                at.set(at.get() + 1);
                match vm.call_with(getter, [index]) {
                    Ok(item) => Ok(Step::Item(item)),
                    Err(Stop::Raise(raise)) => {
                        let exception = raise.exception.clone();
                        let ends = [&super::exception::INDEX_ERROR, &super::exception::STOP_ITERATION];
                        for class in ends {
                            if vm.is_instance(&exception, &Value::Type(class))? {
                                return Ok(Step::End);
                            }
                        }
                        Err(Stop::Raise(raise))
                    }
                    Err(stop) => Err(stop),
                }
            }
            Lazy::Map { function, sources } => {
                let mut args = Vec::with_capacity(sources.len());
                for source in sources {
                    match vm.next(source)? {
                        Some(item) => args.push(item),
                        None => return Ok(Step::End),
                    }
                }
                match vm.call_with(function, args) {
                    Ok(item) => Ok(Step::Item(item)),
                    // What the function raises ends the iteration, as it does in Python.
                    Err(Stop::Raise(raise)) if is_stop_iteration(&raise) => Ok(Step::End),
                    Err(stop) => Err(stop),
                }
            }
            Lazy::Filter { function, source } => loop {
                let Some(item) = vm.next(source)? else { return Ok(Step::End) };
                let kept = match function {
                    Value::None => vm.truth(&item)?,
                    function => {
                        let found = vm.call_with(function, [item.clone()])?;
                        vm.truth(&found)?
                    }
                };
                if kept {
                    return Ok(Step::Item(item));
                }
            },
            Lazy::Zip { sources, strict } => Self::zip(vm, sources, *strict),
            Lazy::Enumerate { source, at } => {
                let Some(item) = vm.next(source)? else { return Ok(Step::End) };
                let number = at.borrow().clone();
                *at.borrow_mut() += 1;
                Ok(Step::Item(Value::tuple(vec![Value::int(number), item])))
            }
            Lazy::Call { function, sentinel } => {
                let item = vm.call_with(function, [])?;
                if vm.equals(&item, sentinel)? { Ok(Step::End) } else { Ok(Step::Item(item)) }
            }
        }
    }

    fn zip(vm: &mut Vm, sources: &[Value], strict: bool) -> Eval<Step> {
        let mut items = Vec::with_capacity(sources.len());
        for (at, source) in sources.iter().enumerate() {
            match vm.next(source)? {
                Some(item) => items.push(item),
                None if strict && at > 0 => return Err(uneven(at, "shorter")),
                None if strict => {
                    for (at, other) in sources.iter().enumerate().skip(1) {
                        if vm.next(other)?.is_some() {
                            return Err(uneven(at, "longer"));
                        }
                    }
                    return Ok(Step::End);
                }
                None => return Ok(Step::End),
            }
        }
        Ok(if items.is_empty() { Step::End } else { Step::Item(Value::tuple(items)) })
    }
}

fn uneven(at: usize, how: &str) -> Stop {
    let others = if at == 1 { "argument 1".to_owned() } else { format!("arguments 1-{at}") };
    Stop::value_error(format!("zip() argument {} is {how} than {others}", at + 1))
}

crate::value::release::released!(LazyIter);

impl Object for LazyIter {
    fn class(&self) -> Option<&'static Type> {
        Some(match self.kind {
            Lazy::List { .. } | Lazy::Dict { .. } | Lazy::Getter { .. } | Lazy::Call { .. } => &ITERATOR,
            Lazy::Map { .. } => &MAP,
            Lazy::Filter { .. } => &FILTER,
            Lazy::Zip { .. } => &ZIP,
            Lazy::Enumerate { .. } => &ENUMERATE,
        })
    }

    fn effect(&self) -> Effect {
        match self.kind {
            Lazy::Map { .. } | Lazy::Filter { .. } | Lazy::Call { .. } => Effect::Host,
            Lazy::List { .. }
            | Lazy::Dict { .. }
            | Lazy::Getter { .. }
            | Lazy::Zip { .. }
            | Lazy::Enumerate { .. } => Effect::Receiver,
        }
    }

    fn next(self: Rc<Self>, vm: &mut Vm) -> Eval<Option<Step>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        if self.done.get() {
            return Ok(Some(Step::End));
        }
        let step = match vm.nested(|vm| self.step(vm)) {
            Ok(step) => step,
            Err(stop) => {
                // Where it stands after an unknown is not known either.
                if let Stop::Unknown(cause) = &stop {
                    self.open(cause);
                }
                return Err(stop);
            }
        };
        if matches!(step, Step::End) {
            self.done.set(true);
        }
        Ok(Some(step))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        match &self.kind {
            Lazy::List { list, .. } => visit(&Value::List(Rc::clone(list))),
            Lazy::Dict { dict, .. } => visit(&Value::Dict(Rc::clone(dict))),
            Lazy::Getter { getter, .. } => visit(getter),
            Lazy::Map { function, sources } => {
                visit(function);
                sources.iter().for_each(visit);
            }
            Lazy::Filter { function, source } => {
                visit(function);
                visit(source);
            }
            Lazy::Zip { sources, .. } => sources.iter().for_each(visit),
            Lazy::Enumerate { source, .. } => visit(source),
            Lazy::Call { function, sentinel } => {
                visit(function);
                visit(sentinel);
            }
        }
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "an iterator has no form in a definition"))
    }
}

macro_rules! lazy_type {
    ($(#[doc = $doc:literal])+ $name:ident $text:literal $make:ident) => {
        $(#[doc = $doc])+
        pub static $name: Type = Type {
            base: Some(&ITERATOR),
            new: Native::new($text, $make),
            ..Type::new("builtins", $text, $make)
        };
    };
}

lazy_type! {
    /// `map`.
    MAP "map" make_map
}
lazy_type! {
    /// `filter`.
    FILTER "filter" make_filter
}
lazy_type! {
    /// `zip`.
    ZIP "zip" make_zip
}
lazy_type! {
    /// `enumerate`.
    ENUMERATE "enumerate" make_enumerate
}

fn iterators(vm: &mut Vm, args: &mut Args) -> Eval<Vec<Value>> {
    let mut sources = Vec::new();
    while let Some(source) = args.pop() {
        sources.push(vm.iterator(&source)?);
    }
    Ok(sources)
}

fn make_map(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    if args.positional.len() < 2 && args.open.is_none() {
        return Err(Stop::type_error("map() must have at least two arguments."));
    }
    let function = args.need()?;
    let sources = iterators(vm, &mut args)?;
    args.finish()?;
    Ok(LazyIter::value(Lazy::Map { function, sources }))
}

fn make_filter(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let (function, source) = (args.need()?, args.need()?);
    args.finish()?;
    let source = vm.iterator(&source)?;
    Ok(LazyIter::value(Lazy::Filter { function, source }))
}

fn make_zip(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let strict = match args.named("strict") {
        Some(strict) => vm.truth(&strict)?,
        None => false,
    };
    let sources = iterators(vm, &mut args)?;
    args.finish()?;
    Ok(LazyIter::value(Lazy::Zip { sources, strict }))
}

fn make_enumerate(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let source = args.expect("iterable")?;
    let at = match args.take("start") {
        Some(start) => vm.index(&start)?,
        None => BigInt::from(0),
    };
    args.finish()?;
    let source = vm.iterator(&source)?;
    Ok(LazyIter::value(Lazy::Enumerate { source, at: RefCell::new(at) }))
}
