//! Classes that the user's code defines, and their instances.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::{Type, Value, release};
use crate::datum::Cause;
use crate::map::IndexMap;
use crate::source::Span;

/// A class statement's result.
pub struct Class {
    /// `__name__`.
    pub name: Rc<str>,
    /// `__qualname__`: with `<locals>` where it is nested.
    pub qualname: Rc<str>,
    /// The import path of the module it stands in.
    pub module: Rc<str>,
    /// The class statement.
    pub span: Span,
    /// Its bases as written: classes of the user's or of the library, objects that act as classes, unknowns.
    pub bases: Vec<Value>,
    /// Its attributes, in order of definition.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// Annotated names, in order: the fields of a dataclass, NamedTuple or TypedDict.
    pub annotations: RefCell<Vec<Rc<str>>>,
    /// What it was made into by a decorator or a special base.
    pub flavour: RefCell<Flavour>,
    /// The class of the user's that made it, if one did: what a metaclass does is not evaluated.
    pub metaclass: Option<Value>,
    /// Why attributes that are not set in known code are unknown, if they are: an unknown base class, say.
    pub open: RefCell<Option<Cause>>,
    /// Whether an attribute of the class itself was changed from outside its body.
    pub touched: Cell<bool>,
    /// The user-defined classes behind it in method resolution order, once somebody asked: bases do not change.
    pub order: OnceCell<Vec<Rc<Class>>>,
}

/// The method resolution order of classes that have these bases (C3).
fn merge(bases: &[Value]) -> Vec<Rc<Class>> {
    let parents: Vec<Rc<Class>> = bases
        .iter()
        .filter_map(|base| match base {
            Value::Class(class) => Some(Rc::clone(class)),
            _ => None,
        })
        .collect();
    if let [parent] = &parents[..] {
        return parent.mro();
    }
    let mut sequences: Vec<VecDeque<Rc<Class>>> =
        parents.iter().map(|parent| VecDeque::from(parent.mro())).collect();
    sequences.push(parents.into());
    let mut order = Vec::new();
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        let waits = |head: &Rc<Class>| {
            let mut behind = sequences.iter().flat_map(|sequence| sequence.iter().skip(1));
            sequences.len() > 1 && behind.any(|class| Rc::ptr_eq(class, head))
        };
        let heads = || sequences.iter().filter_map(VecDeque::front);
        let Some(next) = heads().find(|head| !waits(head)).or_else(|| heads().next()).map(Rc::clone) else {
            return order;
        };
        for sequence in &mut sequences {
            sequence.retain(|class| !Rc::ptr_eq(class, &next));
        }
        order.push(next);
    }
}

/// What makes a class behave otherwise than a plain one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Flavour {
    /// A plain class.
    #[default]
    Plain,
    /// `@dataclass`.
    Dataclass {
        /// `frozen=True`.
        frozen: bool,
        /// `kw_only=True`.
        kw_only: bool,
        /// `eq=False` is rare; the default compares fields.
        eq: bool,
        /// `order=True`.
        order: bool,
    },
    /// A subclass of `Enum`; members are in the attributes.
    Enum,
    /// A subclass of `NamedTuple`, or `namedtuple(…)`.
    NamedTuple,
    /// A subclass of `TypedDict`: calling it makes a dict.
    TypedDict,
}

impl Class {
    /// An attribute of this class or of its user-defined bases, in method resolution order.
    pub fn lookup(self: &Rc<Self>, name: &str) -> Option<Value> {
        let own = self.attrs.borrow().get(name).cloned();
        own.or_else(|| self.ancestors().iter().find_map(|class| class.attrs.borrow().get(name).cloned()))
    }

    /// Its user-defined classes in method resolution order, itself first (C3; left-to-right where C3 has no answer).
    pub fn mro(self: &Rc<Self>) -> Vec<Rc<Class>> {
        std::iter::once(self).chain(self.ancestors()).map(Rc::clone).collect()
    }

    /// What follows it in its method resolution order. Each base knows its own, for its class statement has ended.
    pub fn ancestors(&self) -> &[Rc<Class>] {
        self.order.get_or_init(|| merge(&self.bases))
    }

    /// The bases that are not user-defined classes, of this class and of its bases.
    pub fn foreign_bases(self: &Rc<Self>) -> Vec<Value> {
        self.mro()
            .iter()
            .flat_map(|class| class.bases.clone())
            .filter(|base| !matches!(base, Value::Class(_)))
            .collect()
    }

    /// The library class it derives from, if any: `str`, `dict`, `Exception`, ….
    pub fn library_base(self: &Rc<Self>) -> Option<&'static Type> {
        self.foreign_bases().into_iter().find_map(|base| match base {
            Value::Type(class) => Some(class),
            _ => None,
        })
    }

    /// Why an attribute that is not found may exist all the same: an unknown base, here or above.
    pub fn why_open(self: &Rc<Self>) -> Option<Cause> {
        self.mro().iter().find_map(|class| class.open.borrow().clone())
    }

    /// Whether it is `other` or derives from it.
    pub fn is_subclass(self: &Rc<Self>, other: &Rc<Class>) -> bool {
        self.mro().iter().any(|class| Rc::ptr_eq(class, other))
    }

    /// The flavour of this class or of the nearest base that has one.
    pub fn effective_flavour(self: &Rc<Self>) -> Flavour {
        self.mro()
            .iter()
            .map(|class| class.flavour.borrow().clone())
            .find(|flavour| *flavour != Flavour::Plain)
            .unwrap_or_default()
    }

    /// `__qualname__` behind its module's path.
    pub fn path(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        release::later(self.bases.drain(..).chain(self.metaclass.take()));
        release::later(self.attrs.get_mut().drain(..).map(|(_, value)| value));
        release::later(self.order.take().into_iter().flatten().map(Value::Class));
    }
}

/// An instance of a user-defined class.
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// Its attributes, in order of first assignment.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// The built-in part of an instance of a subclass of `str`, `int`, `dict`, `tuple`, …: an enum member's value, a
    /// named tuple's tuple, an exception's object.
    pub inner: RefCell<Option<Value>>,
    /// Why its attributes are not known, if they are not.
    pub open: RefCell<Option<Cause>>,
}

impl Drop for Instance {
    fn drop(&mut self) {
        release::later(self.attrs.get_mut().drain(..).map(|(_, value)| value));
        release::later(self.inner.take());
        release::later([Value::Class(Rc::clone(&self.class))]);
    }
}

impl Instance {
    /// A new instance without attributes.
    pub fn new(class: Rc<Class>) -> Self {
        Self {
            class,
            attrs: RefCell::new(IndexMap::default()),
            inner: RefCell::new(None),
            open: RefCell::new(None),
        }
    }

    /// The built-in value that it is besides being an instance: of a subclass of `str`, `dict`, `tuple` and their kin.
    pub fn builtin(&self) -> Option<Value> {
        let inner = self.inner.borrow().clone()?;
        if self.class.effective_flavour() == Flavour::NamedTuple {
            return Some(inner);
        }
        let class = super::types::type_of(&inner)?;
        self.class
            .foreign_bases()
            .iter()
            .any(|base| match base {
                Value::Type(base) => {
                    base.is_subtype(class) || matches!(base.name, "IntEnum" | "IntFlag" | "StrEnum")
                }
                _ => false,
            })
            .then_some(inner)
    }
}
