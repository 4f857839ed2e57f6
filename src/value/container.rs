//! Lists, dicts, sets, ranges, iterators, and the keys of dicts. Mutable ones may be *open*: identity known, contents not.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, One, Signed, Zero};

use super::class::{Flavour, Instance};
use super::{Eval, Stop, Value, release};
use crate::datum::{Cause, CauseKind};
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
        release::later(self.contents.items.get_mut().drain(..).flat_map(|(key, value)| [key.0, value]));
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

/// Tuples inside tuples in one key.
const MAX_KEY_DEPTH: usize = 300;

/// A known, hashable value as a key: equal keys are those that Python finds equal (`1`, `1.0` and `True` are one).
#[derive(Debug, Clone)]
pub struct Key(Value);

impl Key {
    /// Makes a key: `TypeError` for what cannot be hashed, unknown for what is not known.
    pub fn new(value: Value) -> Eval<Self> {
        Self::check(&value)?;
        Ok(Self(value))
    }

    /// A text key.
    pub fn str(text: impl Into<Rc<str>>) -> Self {
        Self(Value::Str(text.into()))
    }

    /// A key that is a whole number.
    pub fn int(number: impl Into<BigInt>) -> Self {
        Self(Value::int(number))
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// The text, if it is a text key.
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }

    fn check(value: &Value) -> Eval<()> {
        match value {
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            Value::List(_) | Value::Dict(_) => {
                Err(Stop::type_error(format!("unhashable type: '{}'", value.type_name())))
            }
            Value::Set(set) if !set.frozen => Err(Stop::type_error("unhashable type: 'set'")),
            Value::Tuple(_) => Self::check_tuple(value),
            Value::Instance(instance) => Self::check_instance(instance),
            _ => Ok(()),
        }
    }

    /// Checks the items of a tuple level by level; what lies too deep to be hashed is an error, as it is in Python.
    fn check_tuple(tuple: &Value) -> Eval<()> {
        let mut level = vec![tuple];
        for _ in 0..MAX_KEY_DEPTH {
            let mut below = Vec::new();
            for value in level {
                match value {
                    Value::Tuple(items) => below.extend(items.iter()),
                    other => Self::check(other)?,
                }
            }
            if below.is_empty() {
                return Ok(());
            }
            level = below;
        }
        Err(Stop::raise(&super::exception::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    /// Instances are keys by identity, by their built-in value, or by their fields where a frozen dataclass.
    fn check_instance(instance: &Instance) -> Eval<()> {
        let class = &instance.class;
        if let Some(cause) = class.why_open() {
            return Err(Stop::Unknown(cause));
        }
        let unhashable = || Stop::type_error(format!("unhashable type: '{}'", class.name));
        match (class.lookup("__hash__"), class.lookup("__eq__")) {
            (None, None) => {}
            (None | Some(Value::None), _) => return Err(unhashable()),
            (Some(_), _) => {
                return Err(Stop::Unknown(Cause::new(
                    CauseKind::Unsupported,
                    class.span,
                    format!("the class `{}` has its own `__hash__`, which is not followed", class.name),
                )));
            }
        }
        match class.effective_flavour() {
            Flavour::Dataclass { frozen: false, eq: true, .. } => Err(unhashable()),
            Flavour::Dataclass { frozen: true, eq: true, .. } => {
                instance.attrs.borrow().values().try_for_each(Self::check)
            }
            Flavour::Plain
            | Flavour::Dataclass { .. }
            | Flavour::Enum
            | Flavour::NamedTuple
            | Flavour::TypedDict => match instance.builtin() {
                Some(value) => Self::check(&value),
                None => Ok(()),
            },
        }
    }

    /// The value as far as hashing and equality go: an instance of a subclass of `str` is that text.
    fn plain(&self) -> Value {
        self.0.plain()
    }

    fn number(value: &Value) -> Option<BigInt> {
        match value {
            Value::Bool(flag) => Some(BigInt::from(u8::from(*flag))),
            Value::Int(number) => Some((**number).clone()),
            Value::Float(float) if float.fract() == 0.0 => BigInt::from_f64(*float),
            _ => None,
        }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let value = self.plain();
        if let Some(number) = Self::number(&value) {
            number.hash(state);
            return;
        }
        match &value {
            Value::Str(text) => text.hash(state),
            Value::Bytes(bytes) => bytes.hash(state),
            Value::Float(float) => float.to_bits().hash(state),
            Value::Tuple(items) => items.iter().for_each(|item| Key(item.clone()).hash(state)),
            Value::Set(set) => set.seen().len().hash(state),
            Value::Range(range) => range.len().hash(state),
            Value::Object(object) => match object.hash_text() {
                Some(text) => text.hash(state),
                None => Rc::as_ptr(object).cast::<()>().hash(state),
            },
            Value::Function(function) => Rc::as_ptr(function).hash(state),
            Value::Class(class) => Rc::as_ptr(class).hash(state),
            Value::Instance(instance) if by_fields(instance) => Rc::as_ptr(&instance.class).hash(state),
            Value::Instance(instance) => Rc::as_ptr(instance).hash(state),
            Value::Module(module) => Rc::as_ptr(module).hash(state),
            Value::Type(class) => std::ptr::from_ref(*class).hash(state),
            _ => {}
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        if let (Value::Str(a), Value::Str(b)) = (&self.0, &other.0) {
            return a == b;
        }
        let (left, right) = (self.plain(), other.plain());
        match (Self::number(&left), Self::number(&right)) {
            (Some(a), Some(b)) => return a == b,
            (None, None) => {}
            _ => return false,
        }
        match (&left, &right) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Tuple(a), Value::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| Key(a.clone()) == Key(b.clone()))
            }
            (Value::Set(a), Value::Set(b)) => *a.seen() == *b.seen(),
            (Value::Range(a), Value::Range(b)) => a.same_numbers(b),
            (Value::Object(a), Value::Object(b)) => match (a.hash_text(), b.hash_text()) {
                (Some(a), Some(b)) => a == b,
                _ => left.is(&right),
            },
            (Value::Instance(a), Value::Instance(b)) if by_fields(a) && Rc::ptr_eq(&a.class, &b.class) => {
                let (a, b) = (a.attrs.borrow(), b.attrs.borrow());
                a.len() == b.len()
                    && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| Key(a.clone()) == Key(b.clone())))
            }
            _ => left.is(&right),
        }
    }
}

impl Eq for Key {}

/// Whether equal instances are those with equal fields: those of a frozen dataclass.
fn by_fields(instance: &Instance) -> bool {
    matches!(instance.class.effective_flavour(), Flavour::Dataclass { frozen: true, eq: true, .. })
}
