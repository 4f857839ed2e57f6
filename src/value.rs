//! Python values as far as they can be known without running anything.
//!
//! Owns what a value *is*: its kinds, its identity, what it contains, what it does under an operator. How code runs is
//! `eval`'s business; which modules exist is `modules`'.

use std::rc::Rc;

use num_bigint::BigInt;

use crate::datum::Cause;

pub mod alias;
pub mod arithmetic;
pub mod attr;
pub mod bytes;
pub mod class;
pub mod compare;
pub mod container;
pub mod convert;
pub mod data_class;
pub mod descriptor;
pub mod dict;
pub mod dict_kinds;
pub mod dict_view;
pub mod exception;
pub mod float;
pub mod format;
pub mod function;
pub mod instance_dict;
mod instance_of;
pub mod item;
pub mod iter;
pub mod key;
pub mod lazy;
pub mod list;
pub mod mapping_proxy;
pub mod membership;
pub mod native;
pub mod number;
pub mod object;
pub mod ops;
mod order;
pub mod percent;
pub mod range;
pub(crate) mod release;
pub mod set;
pub mod slice;
pub mod sort;
pub mod special;
pub mod stop;
mod store_attr;
mod store_item;
pub mod str_format;
pub mod string;
mod string_case;
mod string_parts;
mod string_search;
pub mod text;
mod translate;
mod truth;
pub mod tuple;
pub mod types;
pub mod unicode;

pub use class::{Class, Instance};
pub use container::{Dict, Iter, List, Range, Set};
pub use function::{Function, Method, Module, ModuleKind};
pub use key::Key;
pub use native::{Arg, Args, Effect, Native, Type};
pub use object::{Object, ObjectRef, Operation, Step};
pub use stop::{Eval, Halt, Raise, Stop};
pub use tuple::Tuple;

/// A Python value. Cheap to clone; mutable ones are shared by reference, as in Python.
#[derive(Clone, Default)]
pub enum Value {
    /// `None`.
    #[default]
    None,
    /// `...`.
    Ellipsis,
    /// `NotImplemented`.
    NotImplemented,
    /// `True`, `False`.
    Bool(bool),
    /// `int`.
    Int(Rc<BigInt>),
    /// `float`.
    Float(f64),
    /// `str`.
    Str(Rc<str>),
    /// `bytes`.
    Bytes(Rc<[u8]>),
    /// `tuple`.
    Tuple(Tuple),
    /// `list`.
    List(Rc<List>),
    /// `dict` and its kin.
    Dict(Rc<Dict>),
    /// `set`, `frozenset`.
    Set(Rc<Set>),
    /// `range`.
    Range(Rc<Range>),
    /// An iterator with what it still has to give.
    Iter(Rc<Iter>),
    /// A function of the user's.
    Function(Rc<Function>),
    /// A function of the library.
    Native(&'static Native),
    /// A function bound to its receiver.
    Method(Rc<Method>),
    /// A class of the library: `str`, `datetime`, `ValueError`.
    Type(&'static Type),
    /// A class of the user's.
    Class(Rc<Class>),
    /// An instance of a class of the user's.
    Instance(Rc<Instance>),
    /// A module.
    Module(Rc<Module>),
    /// An object of a modelled class.
    Object(ObjectRef),
    /// Not known, with the reason.
    Unknown(Cause),
}

impl Value {
    /// Text.
    pub fn str(text: impl Into<Rc<str>>) -> Self {
        Self::Str(text.into())
    }

    /// A whole number.
    pub fn int(number: impl Into<BigInt>) -> Self {
        Self::Int(Rc::new(number.into()))
    }

    /// A tuple.
    pub fn tuple(items: impl Into<Tuple>) -> Self {
        Self::Tuple(items.into())
    }

    /// A new list.
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Rc::new(List::new(items)))
    }

    /// A new dict with text keys.
    pub fn dict<K: Into<Rc<str>>>(items: impl IntoIterator<Item = (K, Value)>) -> Self {
        let items = items.into_iter().map(|(key, value)| (Key::str(key), value)).collect();
        Self::Dict(Rc::new(Dict::new(items)))
    }

    /// An object of a modelled class.
    pub fn object<T: Object>(object: T) -> Self {
        Self::Object(Rc::new(object))
    }

    /// The modelled object of type `T` in this value, if it is one.
    pub fn downcast<T: Object>(&self) -> Option<Rc<T>> {
        match self {
            Self::Object(object) => {
                let any: Rc<dyn std::any::Any> = Rc::clone(object) as Rc<dyn std::any::Any>;
                any.downcast::<T>().ok()
            }
            _ => None,
        }
    }

    /// Where what may hold other values lives: by it a walk through values knows what it has met, since one value may stand in many
    /// places. `None` for what holds none.
    pub(crate) fn address(&self) -> Option<*const ()> {
        Some(match self {
            Self::List(list) => Rc::as_ptr(list).cast(),
            Self::Dict(dict) => Rc::as_ptr(dict).cast(),
            Self::Set(set) => Rc::as_ptr(set).cast(),
            Self::Instance(instance) => Rc::as_ptr(instance).cast(),
            Self::Class(class) => Rc::as_ptr(class).cast(),
            Self::Tuple(items) => Rc::as_ptr(items).cast(),
            Self::Iter(iter) => Rc::as_ptr(iter).cast(),
            Self::Object(object) => Rc::as_ptr(object).cast(),
            Self::Function(function) => Rc::as_ptr(function).cast(),
            _ => return None,
        })
    }

    /// The text in this value, if it is a known `str`.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this value is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The reason why this value is not known, if it is not.
    pub fn unknown(&self) -> Option<&Cause> {
        match self {
            Self::Unknown(cause) => Some(cause),
            _ => None,
        }
    }

    /// This value, or the stop that makes the expression around it unknown.
    pub fn known(self) -> Eval<Value> {
        match self {
            Self::Unknown(cause) => Err(Stop::Unknown(cause)),
            value => Ok(value),
        }
    }

    /// The name of its class, as `type(x).__name__` has it.
    pub fn type_name(&self) -> Rc<str> {
        let name: &str = match self {
            Self::None => "NoneType",
            Self::Ellipsis => "ellipsis",
            Self::NotImplemented => "NotImplementedType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::Tuple(_) => "tuple",
            Self::List(_) => "list",
            Self::Dict(dict) => dict.kind.name(),
            Self::Set(set) => set.type_name(),
            Self::Range(_) => "range",
            Self::Iter(_) => "iterator",
            Self::Function(_) => "function",
            Self::Native(_) => "builtin_function_or_method",
            Self::Method(_) => "method",
            Self::Type(_) | Self::Class(_) => "type",
            Self::Instance(instance) => return Rc::clone(&instance.class.name),
            Self::Module(_) => "module",
            Self::Object(object) => return object.type_name(),
            Self::Unknown(_) => "unknown",
        };
        name.into()
    }

    /// `a is b`, as far as this evaluator's values have identity: singletons, shared objects and equal small scalars.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::Ellipsis, Self::Ellipsis)
            | (Self::NotImplemented, Self::NotImplemented) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => Rc::ptr_eq(a, b) || a == b,
            (Self::Str(a), Self::Str(b)) => Rc::ptr_eq(a, b) || a == b,
            (Self::Tuple(a), Self::Tuple(b)) => Rc::ptr_eq(a, b),
            (Self::List(a), Self::List(b)) => Rc::ptr_eq(a, b),
            (Self::Dict(a), Self::Dict(b)) => Rc::ptr_eq(a, b),
            (Self::Set(a), Self::Set(b)) => Rc::ptr_eq(a, b),
            (Self::Iter(a), Self::Iter(b)) => Rc::ptr_eq(a, b),
            (Self::Function(a), Self::Function(b)) => Rc::ptr_eq(a, b),
            (Self::Method(a), Self::Method(b)) => Rc::ptr_eq(a, b),
            (Self::Native(a), Self::Native(b)) => std::ptr::eq(*a, *b),
            (Self::Type(a), Self::Type(b)) => std::ptr::eq(*a, *b),
            (Self::Class(a), Self::Class(b)) => Rc::ptr_eq(a, b),
            (Self::Instance(a), Self::Instance(b)) => Rc::ptr_eq(a, b),
            (Self::Module(a), Self::Module(b)) => Rc::ptr_eq(a, b),
            (Self::Object(a), Self::Object(b)) => {
                std::ptr::addr_eq(Rc::as_ptr(a), Rc::as_ptr(b)) || a.is_same(other)
            }
            _ => false,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::str(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::str(value)
    }
}

impl From<Cause> for Value {
    fn from(cause: Cause) -> Self {
        Self::Unknown(cause)
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Str(value) => write!(f, "{value:?}"),
            Self::Unknown(cause) => write!(f, "<unknown: {}>", cause.message),
            other => write!(f, "<{}>", other.type_name()),
        }
    }
}
