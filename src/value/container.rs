//! Lists, dicts, sets, ranges and iterators. Mutable ones may be *open*: identity known, contents not.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::VecDeque;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::{Eval, Key, Stop, Value, release};
use crate::datum::Cause;
use crate::map::{IndexMap, IndexSet};

/// Contents that may stop being known.
#[derive(Debug)]
struct Contents<T> {
    items: RefCell<T>,
    open: RefCell<Option<Cause>>,
}

impl<T> Contents<T> {
    fn new(items: T) -> Self {
        Self { items: RefCell::new(items), open: RefCell::new(None) }
    }

    fn check(&self) -> Eval<()> {
        match &*self.open.borrow() {
            Some(cause) => Err(Stop::Unknown(cause.clone())),
            None => Ok(()),
        }
    }

    fn get(&self) -> Eval<Ref<'_, T>> {
        self.check()?;
        Ok(self.items.borrow())
    }

    /// Borrows for a change. Changing open contents changes nothing that is known, so that is allowed.
    fn change(&self) -> RefMut<'_, T> {
        self.items.borrow_mut()
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn reason(&self) -> Option<Cause> {
        self.open.borrow().clone()
    }
}

macro_rules! contents_of {
    ($type:ty, $items:ty) => {
        impl $type {
            /// The contents, unless they are open.
            pub fn items(&self) -> Eval<Ref<'_, $items>> {
                self.contents.get()
            }

            /// The contents for a change, whether open or not. Never hold it across a call into the evaluator.
            pub fn change(&self) -> RefMut<'_, $items> {
                self.contents.change()
            }

            /// What is in it as far as was seen, whether open or not: for reachability alone.
            pub fn seen(&self) -> Ref<'_, $items> {
                self.contents.items.borrow()
            }

            /// From here on the contents are not known.
            pub fn open(&self, cause: &Cause) {
                self.contents.open(cause);
            }

            /// Why the contents are not known, if they are not.
            pub fn why_open(&self) -> Option<Cause> {
                self.contents.reason()
            }
        }
    };
}

/// A `list`.
#[derive(Debug)]
pub struct List {
    contents: Contents<Vec<Value>>,
}

contents_of!(List, Vec<Value>);

impl Drop for List {
    fn drop(&mut self) {
        release::later(self.contents.items.get_mut().drain(..));
    }
}

impl List {
    /// A list of these items.
    pub fn new(items: Vec<Value>) -> Self {
        Self { contents: Contents::new(items) }
    }
}

/// Which kind of dict.
#[derive(Debug, Clone)]
pub enum DictKind {
    /// `dict`.
    Plain,
    /// `collections.OrderedDict`.
    Ordered,
    /// `collections.defaultdict` with its factory.
    Default(Value),
    /// `collections.Counter`.
    Counter,
}

impl DictKind {
    /// `type(x).__name__`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Plain => "dict",
            Self::Ordered => "OrderedDict",
            Self::Default(_) => "defaultdict",
            Self::Counter => "Counter",
        }
    }
}

/// A `dict`, in insertion order.
#[derive(Debug)]
pub struct Dict {
    contents: Contents<IndexMap<Key, Value>>,
    /// Which kind.
    pub kind: DictKind,
}

contents_of!(Dict, IndexMap<Key, Value>);

impl Drop for Dict {
    fn drop(&mut self) {
        release::later(
            self.contents.items.get_mut().drain(..).flat_map(|(key, value)| [key.into_value(), value]),
        );
    }
}

impl Dict {
    /// A plain dict of these items.
    pub fn new(items: IndexMap<Key, Value>) -> Self {
        Self::of_kind(DictKind::Plain, items)
    }

    /// A dict of another kind.
    pub fn of_kind(kind: DictKind, items: IndexMap<Key, Value>) -> Self {
        Self { contents: Contents::new(items), kind }
    }

    /// The value of a text key, unless the dict is open.
    pub fn get_str(&self, name: &str) -> Eval<Option<Value>> {
        Ok(self.items()?.get(&Key::str(name)).cloned())
    }
}

/// A `set` or `frozenset`. The order is that of insertion, which Python does not promise: see `Vm::set_order`.
#[derive(Debug)]
pub struct Set {
    contents: Contents<IndexSet<Key>>,
    /// Whether it is a `frozenset`.
    pub frozen: bool,
}

contents_of!(Set, IndexSet<Key>);

impl Drop for Set {
    fn drop(&mut self) {
        release::later(self.contents.items.get_mut().drain(..).map(Key::into_value));
    }
}

impl Set {
    /// A set of these items.
    pub fn new(items: IndexSet<Key>, frozen: bool) -> Self {
        Self { contents: Contents::new(items), frozen }
    }

    /// `type(x).__name__`.
    pub fn type_name(&self) -> &'static str {
        if self.frozen { "frozenset" } else { "set" }
    }
}

/// A `range`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The first number.
    pub start: BigInt,
    /// The bound, which is not among the numbers.
    pub stop: BigInt,
    /// The step, never zero.
    pub step: BigInt,
}

impl Range {
    /// How many numbers it has.
    pub fn len(&self) -> BigInt {
        let distance =
            if self.step.is_negative() { &self.start - &self.stop } else { &self.stop - &self.start };
        if !distance.is_positive() {
            return BigInt::zero();
        }
        (distance - 1) / self.step.abs() + 1
    }

    /// Whether it gives the same numbers as another.
    pub fn same_numbers(&self, other: &Range) -> bool {
        let len = self.len();
        len == other.len()
            && (len.is_zero() || self.start == other.start && (len.is_one() || self.step == other.step))
    }

    /// Whether it has no numbers.
    pub fn is_empty(&self) -> bool {
        self.len().is_zero()
    }
}

/// An iterator: what it still has to give, and where that came from if it was an open value.
#[derive(Debug)]
pub struct Iter {
    /// What is left.
    pub rest: RefCell<VecDeque<Value>>,
    /// Why the rest is not known, if it is not.
    pub open: RefCell<Option<Cause>>,
    /// Why it is not known what comes after the rest, if something does.
    pub further: RefCell<Option<Cause>>,
}

impl Drop for Iter {
    fn drop(&mut self) {
        release::later(self.rest.get_mut().drain(..));
    }
}

impl Iter {
    /// An iterator over these items.
    pub fn new(items: impl Into<VecDeque<Value>>) -> Self {
        Self { rest: RefCell::new(items.into()), open: RefCell::new(None), further: RefCell::new(None) }
    }

    /// Takes the next item; `None` at the end.
    pub fn next(&self) -> Eval<Option<Value>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        let next = self.rest.borrow_mut().pop_front();
        match (next, &*self.further.borrow()) {
            (None, Some(cause)) => Err(Stop::Unknown(cause.clone())),
            (next, _) => Ok(next),
        }
    }

    /// Takes all that is left.
    pub fn drain(&self) -> Eval<Vec<Value>> {
        if let Some(cause) = self.open.borrow().as_ref().or(self.further.borrow().as_ref()) {
            return Err(Stop::Unknown(cause.clone()));
        }
        Ok(self.rest.borrow_mut().drain(..).collect())
    }
}
